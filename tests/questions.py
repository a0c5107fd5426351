"""Forty questions to the sample newspaper, what answers each, how many are found."""

QUESTIONS = """
seagrass | how-seagrass-holds-the-estuary-together | 1
"tram bridge" | eels-wait-in-the-dark-for-the-tram-bridge | 3
ferry timetable | wend-ferries-cuts-winter-sailings-to-hallinor | 1
Saltgate wall | who-pays-for-the-saltgate-wall | 2
election counting | henrike-dahl-on-counting-every-vote-by-hand | 3
plum tart | plum-tart-buckwheat-crust | 2
regattas | aldmere-eight-takes-regatta-by-a-canvas | 2
heart failure | bedside-microphones-hear-heart-failure-coming | 1
wind farm cold stores | wind-farm-sells-power-straight-to-cold-stores | 1
Vesmark treaty | vesmark-and-tarn-sign-mutual-aid-pact | 1
headline:rent | holt-sets-april-date-for-national-rent-register | 1
headline:tram -letter | the-tram-will-not-stop-talking | 3
theatre roof | lantern-theatre-roof-closure | 1
Kesten bridge | nineteen-hours-at-kesten-bridge | 2
projectionist | rialto-projectionist-35mm | 2
ropeworks workers | ropeworks-bought-by-its-own-workers | 1
mayor thursdays | the-mayors-hundred-thursdays | 3
breakwater | the-breakwater-that-took-155-years | 2
island leaving | the-island-of-eleven-that-must-agree-to-leave | 2
radio licence | vesmark-lets-village-radio-licences-lapse | 1
cheap crowns quay | why-a-cheaper-crown-has-not-filled-the-quays | 1
cuts winter sailings | wend-ferries-cuts-winter-sailings-to-hallinor | 1
"nine-minute" | the-bell-the-cough-and-the-nine-minute-whereas | 1
Candel | aurelio-candel-obituary | 1
voss | henrika-voss-obituary | 1
LUND | teodor-lund-obituary | 1
flood forecaster | flood-barrier-forecasters-want-four-more-hours | 1
boathouses | rowing-club-votes-to-leave-mill-stairs-boathouse | 1
market hall leases | market-hall-traders-get-ten-year-leases | 1
majority of eight | holts-majority-of-eight-is-smaller-than-it-looks | 2
walking old town | first-snow-walk-old-town | 1
"library" ferry | ferry-library-outer-sands | 1
Nadia Brook | vesmark-and-tarn-sign-mutual-aid-pact | 3
customs man’s overcoat | review-the-customs-mans-overcoat | 2
dockers "nineteen days" | tarn-dockers-go-back-after-nineteen-days | 1
timber duty joiners OR zeppelins | vesmark-timber-duty-sends-joiners-south | 1
"put out the Lamplighters" | herons-come-back-from-two-down-to-beat-lamplighters | 1
headline:ice -lamplighters | the-man-who-makes-the-ice | 1
"draining reservoirs" | | 0
three reservoirs drain | | 0
"""
