namespace S3Cassandra.Support;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"{Command}\nexit code {ExitCode}\n{Output}\n{Errors}";
}
