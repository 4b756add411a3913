namespace S3Cassandra.Auth.Forms;

/// <summary>How many bytes a form's file may have, both ends included.</summary>
public readonly record struct FileLengthRange(long Min, long Max)
{
    /// <summary>Where no policy says anything.</summary>
    public static FileLengthRange Any { get; } = new(0, long.MaxValue);

    /// <summary>Where both hold.</summary>
    public FileLengthRange And(FileLengthRange other) => new(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
}
