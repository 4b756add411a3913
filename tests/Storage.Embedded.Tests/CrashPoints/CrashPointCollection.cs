namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>Hits are watched in the whole process: nobody else stores meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CrashPointCollection
{
    public const string Name = "Crash points";
}
