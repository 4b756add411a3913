namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>A server that runs, as its row says.</summary>
/// <param name="Id">This life of it.</param>
/// <param name="Name">Its machine.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Started">When it was started, by its clock.</param>
/// <param name="Seen">When it last wrote its row, by its clock.</param>
/// <param name="Note">What it is doing.</param>
public sealed record LiveServer(Guid Id, string Name, string Address, string Version, DateTimeOffset Started, DateTimeOffset Seen, string Note);
