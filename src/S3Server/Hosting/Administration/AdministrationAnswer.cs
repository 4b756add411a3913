namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>What came of it: lines to print, or why it was not done. Lines may hold a new key's secret.</summary>
/// <param name="Lines">What is printed.</param>
/// <param name="Error">Null: it was done.</param>
internal sealed record AdministrationAnswer(IReadOnlyList<string> Lines, string? Error)
{
    public static AdministrationAnswer Refused(string error) => new([], error);

    /// <summary>Never the lines.</summary>
    public override string ToString() => $"AdministrationAnswer {Error ?? "done"}";
}
