"""The gated process: six phases, six numbered documents, and a gate that sends work back."""

from tests.playbooks.driver import Step

SCRIPT = (
    Step("/prerequisite incident yes pager 4711"),
    Step("/prerequisite access yes"),
    Step("/prerequisite channel no-because the chat is down too", "triage:prerequisites.answered"),
    Step(
        "@14:02 = 5xx 0.2 % -> 12 % src:pager", "triage:timeline.evidence root-cause:sources.named"
    ),
    Step("/role all ana", "triage:hats.answered"),
    Step("/sev major search is down in one country", "triage:severity.set"),
    Step("/impact status the result page stays empty", "triage:artifact.first-symptoms"),
    Step("/impact users 12 % of searches"),
    Step("/impact services search, suggestions", "triage:impact.known"),
    Step("/impact data none", "triage:artifact.data-impact"),
    Step("? the index node is out of memory", "triage:hypotheses.proposed"),
    Step("! restart the index node, then watch", "triage:decisions.made"),
    Step("/advance"),
    Step("/approve"),
    Step(
        '/mitigate restart index node 3 undo:"not needed" src:runbook',
        "mitigate:artifact.strategy mitigate:mitigations.tried",
    ),
    Step(
        "/fail 1 out of memory again after five minutes",
        "mitigate:artifact.current-status mitigate:mitigations.settled",
    ),
    Step('/mitigate limit suggestions switched off undo:"switch them on" src:runbook'),
    Step("= 5xx 12 % -> 0.3 % src:pager", "mitigate:readings.compared"),
    Step(
        "/verify 2 5xx back to normal on the pager's signal",
        "mitigate:mitigations.verified mitigate:impact-reduced",
    ),
    Step("/set residual-risk suggestions are missing", "mitigate:artifact.residual-risk"),
    Step("/attest impact-reduced searches work again"),
    Step("/advance"),
    Step("/approve"),
    Step(
        "/update Search works again; suggestions are off. next:+60m", "close:updates.each-audience"
    ),
    Step("/set audience users; leadership; the shop team"),
    Step("/advance"),
    Step("memory of node 3 doubled on Tuesday"),
    Step("/source 31 https://example.org/dash/3"),
    Step("/hyp 1 test heap of node 3 against the others"),
    Step(
        "/hyp 1 for heap is twice that of the others src:https://example.org/dash/3",
        "root-cause:hypotheses.tested",
    ),
    Step(
        "/hyp 1 confirm a heap dump shows the suggestion cache", "root-cause:hypotheses.confirmed"
    ),
    Step(
        "/cause a new dictionary was loaded on Tuesday",
        "root-cause:artifact.triggering-event",
    ),
    Step("/why the dictionary is ten times larger"),
    Step("/why nobody bounds the size of a dictionary", "root-cause:factors.whys"),
    Step("/factor contributing the cache has no bound"),
    Step("/factor systemic no alert on heap", "root-cause:factors.on-layers"),
    Step("/advance"),
    Step("/approve"),
    Step("+ bound the suggestion cache term:short", "post-mortem:actions.exist"),
    Step("/act 1 owner:ana prio:P1", "post-mortem:actions.complete close:actions.complete"),
    Step(
        "/set summary A larger dictionary filled the heap of a node, and searches failed.",
        "post-mortem:artifact.summary",
    ),
    Step(
        "/set detection-went-well the pager fired within two minutes",
        "post-mortem:artifact.detection-went-well",
    ),
    Step(
        "/set response-went-well the second mitigation held",
        "post-mortem:artifact.response-went-well",
    ),
    Step(
        "/set communication-went-well stakeholders heard from us within half an hour",
        "post-mortem:artifact.communication-went-well",
    ),
    Step("/set went-poorly the first mitigation was a guess", "post-mortem:artifact.went-poorly"),
    Step("/set lessons measure before restarting", "post-mortem:artifact.lessons"),
    Step("/attest systemic", "post-mortem:systemic"),
    Step("/attest actionable"),
    Step("somebody was careless with the dictionary src:chat"),
    Step("/amend 53 the loader accepts a dictionary of any size", "post-mortem:blameless.wording"),
    Step("/role panel ben", "post-mortem:hats.filled"),
    Step("/advance"),
    Step("/revise aim one item at the alert as well", by="ben"),
    Step("+ alert on heap owner:ben prio:P0 term:quick"),
    Step("/attest systemic"),
    Step("/attest actionable", "post-mortem:actionable"),
    Step("/advance"),
    Step("/approve", by="ben"),
    Step("/state resolved suggestions are on again", "close:lifecycle.resolved"),
    Step("/set published https://example.org/post-mortems/12"),
    Step("/role tech-lead ana", "close:hats.filled"),
    Step("/attest filed https://example.org/post-mortems/12", "close:filed"),
    Step("/update Suggestions are back as well; the incident is over."),
    Step("/close"),
)
