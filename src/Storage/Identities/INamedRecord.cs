namespace S3Cassandra.Storage.Identities;

/// <summary>A record that has a name within an account, unique there without regard to case.</summary>
public interface INamedRecord
{
    /// <summary>The account's 12 digits.</summary>
    string AccountId { get; }

    string Name { get; }
}
