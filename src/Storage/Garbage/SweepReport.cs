namespace S3Cassandra.Storage.Garbage;

/// <summary>What a pass of the sweeper did.</summary>
/// <param name="Looked">Suspects that were due.</param>
/// <param name="Cleared">Suspicions that were unfounded, or are settled.</param>
/// <param name="Marked">Suspects that a first look found without reference.</param>
/// <param name="Freed">Blobs freed.</param>
/// <param name="Waiting">Suspects to be looked at again: pinned, or not settled.</param>
/// <param name="Failures">Suspects that could not be looked at.</param>
/// <param name="Failure">The first of those failures.</param>
public sealed record SweepReport(int Looked, int Cleared, int Marked, int Freed, int Waiting, int Failures, Exception? Failure);
