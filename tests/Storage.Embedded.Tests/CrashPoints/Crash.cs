namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>What a crash left: the folder as it was then, in a copy, and what clients had been promised.</summary>
/// <param name="Folder">The copy.</param>
/// <param name="Promises">What holds.</param>
/// <param name="Time">When it was.</param>
internal sealed record Crash(string Folder, Promises Promises, DateTimeOffset Time);
