using System.Runtime.CompilerServices;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>
/// The policies that go with an identity. Immutable; one per principal or session, shared by its requests. A root has no policies and may
/// do everything to what its account owns.
/// </summary>
public sealed class PrincipalPolicies
{
    /// <summary>Worked out once, since every request asks.</summary>
    private StrongBox<bool>? _asks;

    /// <summary>No policies at all: root and anonymous.</summary>
    public static PrincipalPolicies None { get; } = new();

    /// <summary>The user's or role's own and its groups'.</summary>
    public IReadOnlyList<Policy> Identity { get; init; } = [];

    /// <summary>The permissions boundary of the user or role; null without one.</summary>
    public Policy? Boundary { get; init; }

    /// <summary>The session's policies; null where it has none (or is no session): then it may what its principal may. An empty list allows nothing.</summary>
    public IReadOnlyList<Policy>? Session { get; init; }

    /// <summary>Whether a decision may depend on the tags that the object has.</summary>
    public bool AsksForExistingObjectTags => (_asks ??= Boxed(
        Identity.Any(Asks) || (Session?.Any(Asks) ?? false) || (Boundary is { } boundary && Asks(boundary)))).Value;

    private static StrongBox<bool> Boxed(bool value) => new(value);

    private static bool Asks(Policy policy) => policy.AsksForExistingObjectTags;
}
