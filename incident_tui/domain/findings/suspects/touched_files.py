"""What a file is by its path: a migration, a setting, a pinned version, words, a test, or code."""

from collections.abc import Iterable

from incident_tui.domain.values.patterns import later

# The first that matches names the kind. Paths are matched whole, in lower case.
_KINDS: tuple[tuple[str, str], ...] = (
    ("test", r"(^|/)(tests?|specs?|__tests__|fixtures|e2e|snapshots)/|(^|/)test_[^/]*$"
             r"|[._-](test|spec)s?\.[a-z0-9]+$|(^|/)conftest\.py$"),
    ("migration", r"(^|/)(migrations?|migrate|alembic|flyway|liquibase|schema)/"
                  r"|(^|/)(schema|structure)\.(rb|sql|prisma)$|(^|/)v\d+(_\d+)*__[^/]*\.sql$"
                  r"|\.sql$"),
    ("dependencies", r"(^|/)(package(-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock"
                     r"|pipfile(\.lock)?|requirements[^/]*\.txt|constraints[^/]*\.txt|go\.(mod|sum)"
                     r"|cargo\.(toml|lock)|gemfile(\.lock)?|composer\.(json|lock)|pom\.xml"
                     r"|build\.gradle(\.kts)?|mix\.lock|pubspec\.lock|libs\.versions\.toml)$"),
    ("words", r"\.(md|rst|adoc|txt)$|(^|/)(docs?|documentation)/"
              r"|(^|/)(license|authors|codeowners|changelog)[^/]*$"),
    ("pipeline", r"(^|/)\.(github|gitlab|circleci|buildkite)/|(^|/)\.gitlab-ci\.yml$"
                 r"|(^|/)(jenkinsfile|makefile|azure-pipelines\.yml)$"),
    ("configuration", r"(^|/)(configs?|configuration|settings|env|environments|helm|charts|k8s"
                      r"|kubernetes|kustomize|terraform|ansible|puppet|deploy|manifests|flags)/"
                      r"|\.(ya?ml|toml|ini|cfg|conf|env|properties|tf|tfvars|hcl|json|xml|service)$"
                      r"|(^|/)(dockerfile|containerfile|procfile|nginx[^/]*|\.env)[^/]*$"),
)  # fmt: skip
_COMPILED = [(kind, later(pattern)) for kind, pattern in _KINDS]
CODE = "code"


def kind_of(path: str) -> str:
    """What a file is: one of the kinds above, or code."""
    lowered = path.casefold()
    return next((kind for kind, pattern in _COMPILED if pattern.search(lowered)), CODE)


def first_of_each(paths: Iterable[str]) -> dict[str, str]:
    """Each kind that is among the files, and the first file of it."""
    first_paths: dict[str, str] = {}
    for path in paths:
        first_paths.setdefault(kind_of(path), path)
    return first_paths
