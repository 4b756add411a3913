namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>How the schema stands to this program; the values are the exit codes of the verbs.</summary>
public enum SchemaCondition
{
    /// <summary>As this program wants it.</summary>
    Current = 0,

    /// <summary>What was asked is refused: the message says why, and how to have it all the same.</summary>
    Refused = 1,

    /// <summary>There is no keyspace of that name, or none of ours in it: <c>schema install</c>.</summary>
    Missing = 3,

    /// <summary>Older than this program: <c>schema upgrade</c>. Servers of the version before run on.</summary>
    Older = 4,

    /// <summary>Newer than this program by one version: it can be used.</summary>
    Newer = 5,

    /// <summary>Newer by more than one version: this program cannot use it.</summary>
    TooNew = 6,

    /// <summary>Tables or columns are not what the files say.</summary>
    Different = 7,
}
