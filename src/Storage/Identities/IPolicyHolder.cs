namespace S3Cassandra.Storage.Identities;

/// <summary>A user, group or role: what has policies of its own and managed ones attached.</summary>
public interface IPolicyHolder : INamedRecord
{
    /// <summary>Begins and ends with a slash.</summary>
    string Path { get; }

    /// <summary>AIDA, AGPA or AROA and 17 characters; never used again, so that who is made under a name again is another.</summary>
    string Id { get; }

    /// <summary>Its inline policies, in order of their names.</summary>
    IReadOnlyList<NamedPolicy> Policies { get; }

    /// <summary>The managed policies attached to it.</summary>
    IReadOnlyList<PolicyReference> Attached { get; }
}
