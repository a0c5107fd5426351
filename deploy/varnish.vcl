# Varnish 7 in front of Broadsheet. It needs the vmods xkey and var (Debian: varnish-modules).
# Change what stands between here and the line, then:
#   varnishd -a :80 -f /etc/varnish/varnish.vcl -s malloc,1g
# and tell Broadsheet: BROADSHEET_PURGE_URLS="purge+http://THIS-MACHINE:80"

vcl 4.1;

import std;
import var;
import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 1s;
    .probe = {
        .url = "/health/ready";
        .interval = 2s;
        .timeout = 1s;
        .window = 4;
        .threshold = 2;
        .initial = 2;
    }
}

# Who may purge: the machines that run `broadsheet serve` or `broadsheet worker`.
acl purgers {
    "127.0.0.1";
    "::1";
}

# ---------------------------------------------------------------------------------------

sub vcl_recv {
    if (req.method == "PURGE" || req.method == "BAN") {
        call drop;
    }
    if (req.restarts == 0) {
        unset req.http.Stale;
    }
    # Editors and partners, and what a key shows: none of it is ours to keep.
    if (req.http.Authorization || req.url ~ "^/(manage|partner|health|metrics)(/|$|\?)") {
        return (pass);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # No answer depends on cookies.
    unset req.http.Cookie;
    # A restart keeps what is set here. The answer's own grace goes before a longer one.
    set req.grace = 10d;
    if (req.http.Stale == "fetch") {
        set req.grace = 0s;
    }
    return (hash);
}

# By whatever name the API was called: its links come from its settings.
sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

sub drop {
    # Two addresses: it came through a proxy, and any reader may be behind that.
    if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
        return (synth(403, "Purges are not taken from here"));
    }
    if (!req.http.Surrogate-Key) {
        return (synth(400, "Surrogate-Key is missing"));
    }
    if (req.http.Surrogate-Key == "*") {
        ban("obj.status != 0");
        var.global_set("position", req.http.Broadsheet-Position);
        return (synth(200, "Everything is dropped"));
    }
    if (std.integer(req.http.Broadsheet-Position, 0) > std.integer(var.global_get("position"), 0)) {
        var.global_set("position", req.http.Broadsheet-Position);
    }
    if (req.method == "BAN") {
        ban("obj.http.Surrogate-Key ~ (^|\s)(" + regsuball(req.http.Surrogate-Key, "\s+", "|") + ")(\s|$)");
        return (synth(200, "Banned"));
    }
    if (req.http.Soft-Purge) {
        set req.http.Purged = xkey.softpurge(req.http.Surrogate-Key);
    } else {
        set req.http.Purged = xkey.purge(req.http.Surrogate-Key);
    }
    return (synth(200, "Purged " + req.http.Purged));
}

sub vcl_hit {
    # The client has seen a position of the log that this answer is older than.
    if (std.integer(req.http.Broadsheet-At-Least, 0) > std.integer(obj.http.Broadsheet-Position, 0)) {
        return (pass);
    }
    # Stale for longer than may be shown while a new one is fetched: that is waited for
    # while Broadsheet is well, and if it fails the stale one is shown after all.
    if (!req.http.Stale && std.healthy(req.backend_hint)
        && obj.ttl + std.duration(regsub(obj.http.CDN-Cache-Control, "^.*stale-while-revalidate=(\d+).*$", "\1s"), 0s) < 0s) {
        set req.http.Stale = "fetch";
        return (restart);
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        # Who has a stale answer is shown that, and it stays.
        if (bereq.is_bgfetch || bereq.http.Stale == "fetch") {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        return (deliver);
    }
    set beresp.http.xkey = beresp.http.Surrogate-Key;
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (beresp.http.CDN-Cache-Control ~ "^public") {
        set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*max-age=(\d+).*$", "\1s"), 0s);
        set beresp.grace = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*stale-if-error=(\d+).*$", "\1s"), 0s);
        # To ask whether it has changed, which mostly it has not.
        set beresp.keep = 1h;
        if (beresp.http.Broadsheet-Stale) {
            set beresp.ttl = 1s;
        }
    }
    # It was on its way while something was purged, or comes from a process that has not
    # heard of it yet. Kept, it would stay.
    if (beresp.http.Broadsheet-Position
        && std.integer(beresp.http.Broadsheet-Position, 0) < std.integer(var.global_get("position"), 0)) {
        set beresp.uncacheable = true;
        set beresp.ttl = 1s;
        set beresp.grace = 0s;
        return (deliver);
    }
}

sub vcl_backend_error {
    if (bereq.is_bgfetch || bereq.http.Stale == "fetch") {
        return (abandon);
    }
}

# What was abandoned ends here.
sub vcl_synth {
    if (resp.status == 503 && req.http.Stale == "fetch") {
        set req.http.Stale = "show";
        return (restart);
    }
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    # It is that of the request which filled the cache.
    if (obj.hits > 0) {
        unset resp.http.X-Request-ID;
    }
    # What was kept here for an hour is as good as new: browsers may keep it from now on.
    if (!resp.http.Broadsheet-Stale) {
        unset resp.http.Age;
    }
}
