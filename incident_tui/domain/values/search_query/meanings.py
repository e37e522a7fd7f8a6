"""Meanings: the words in which those who run services say one thing, "leaked" and "exposed".

A word is known in whatever form, by what is left of it without its ending.
"""

from functools import cache

from incident_tui.domain.values.patterns import later

_ENDING = later(r"(?:ings?|ed|er|e?s|e)$")
_LEAST = 3
"""Letters that a word keeps: "news" is no form of "new", nor "dns" of "dn"."""

_SAME_MEANING = """
404, not found
429, throttled, rate limit, too many requests, toomanyrequests
502, bad gateway
503, service unavailable
504, gateway timeout, deadline exceeded
attack, attacker, adversary, intruder, malicious, hostile, malware, hacked, ddos, intrusion
authentication, auth, authenticate, login, logins, log in, sign in, sign-in, sign-on, sso, saml
bad, broken, faulty, corrupt, corrupted
balancer, alb, elb, nlb, haproxy
breach, leak, leaked, exposed, exposure, compromised, compromise, stolen, stole, exfiltrated
certificate, cert, tls, ssl, x509
config, configuration, setting, misconfigured, misconfiguration
container, image, docker, dockerhub, ami, registry
crash, crashing, crashloop, crashloopbackoff, restarting, restart, reboot, died
credential, password, secret, token, passphrase, api key, private key
database, db, postgres, postgresql, mysql, mariadb
deleted, dropped, removed, destroyed, wiped, erased, terminated
dependency, library, package, npm, pypi
deploy, deployment, release, rollout, rolled out
disk, storage, filesystem, volume, diskspace, no space left
dns, nameserver, coredns, name resolution
exhausted, full, starved, starvation, ran out, run out, no space left, lack, depleted
failover, switchover, promoted, promotion
fraud, fraudulent, scam
hang, hung, stuck, deadlock, frozen
ingress, traefik, nginx, proxy, gateway
kubernetes, k8s, eks, gke, aks
latency, slow, slower, slowness, sluggish, degraded
lost, missing, gone, vanished
network, connectivity, packet loss, unreachable, partition
node, nodes, host, machine, server, vm, worker
oom, out of memory, oomkilled, memory leak
overload, overloaded, overwhelmed, surge, spike, flood, storm, traffic
package, bundle, artifact
pod, pods, workload
queue, backlog, lag, delayed
quota, limit
redis, memcached, cache
reverted, revert, rollback, rolled back, rolled, undone
upgrade, update, bump, migration, migrate, new version
vulnerability, vulnerable, cve, exploit, weakness
waf, firewall, modsecurity
"""


def same_meaning(word: str) -> tuple[str, ...]:
    """The other words and phrases that mean what a word means, in the order of the table."""
    groups = _groups().get(word_root(word), ())
    return tuple(
        dict.fromkeys(
            each for group in groups for each in group if word_root(each) != word_root(word)
        )
    )


def word_root(word: str) -> str:
    """A word without its ending: one text for "leak", "leaks" and "leaking", whatever its case."""
    folded = word.casefold()
    ending = _ENDING.search(folded)
    return folded[: ending.start()] if ending and ending.start() >= _LEAST else folded


@cache
def _groups() -> dict[str, list[tuple[str, ...]]]:
    groups: dict[str, list[tuple[str, ...]]] = {}
    for line in _SAME_MEANING.strip().splitlines():
        synonyms = tuple(line.split(", "))
        for root in dict.fromkeys(word_root(each) for each in synonyms):
            groups.setdefault(root, []).append(synonyms)
    return groups
