namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>A request on its way.</summary>
/// <param name="Server">Who sent it.</param>
/// <param name="Apply">What it does when it arrives; null when it never will.</param>
/// <param name="Answer">What its sender learns, if that lives.</param>
internal sealed record SimulatedRequest(SimulatedServer Server, Action? Apply, Action Answer);
