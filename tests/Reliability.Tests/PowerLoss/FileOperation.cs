namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>One change of the files below the data folder, or a sync.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Path">To which file or folder, relative to the data folder; "" is the folder itself.</param>
/// <param name="Start">When the call began, in seconds of the system's clock.</param>
/// <param name="End">When it had ended.</param>
internal sealed record FileOperation(FileOperationKind Kind, string Path, double Start, double End)
{
    /// <summary>Where a rename leads.</summary>
    public string Target { get; init; } = "";

    /// <summary>Where a write begins; the new length of a resize.</summary>
    public long Offset { get; init; }

    public byte[] Data { get; init; } = [];

    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? "";
}
