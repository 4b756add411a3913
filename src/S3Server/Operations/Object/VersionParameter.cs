using System.Buffers;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>
/// The versionId of a request. S3 documents no format: what could be an id of another S3 (26 characters and more) names a version that
/// does not exist, anything else is no id.
/// </summary>
internal static class VersionParameter
{
    private const string Name = "versionId";
    private const int MinForeignLength = 26;
    private const int MaxForeignLength = 1024;

    private static readonly SearchValues<char> ForeignCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-");

    /// <summary>An id that no clock makes before the year 586,000.</summary>
    private static readonly VersionId Nobodys = new(UInt128.One);

    /// <summary>Null: the current version.</summary>
    /// <exception cref="S3Exception">InvalidArgument: it is empty, or none of ours.</exception>
    public static VersionId? Parse(S3Context context) => context.Target.Query.Get(Name) is { } text ? Parse(text) : null;

    /// <exception cref="S3Exception">InvalidArgument: it is empty, or none of ours.</exception>
    public static VersionId Parse(string text)
    {
        if (text.Length == 0)
        {
            throw Invalid("Version id cannot be the empty string", text);
        }

        return TryParse(text) ?? throw Invalid("Invalid version id specified", text);
    }

    /// <summary>Null where the text is no version id.</summary>
    public static VersionId? TryParse(string text) =>
        VersionId.TryParse(text, out var version) ? version : IsForeign(text) ? Nobodys : null;

    private static bool IsForeign(string text) =>
        text.Length is >= MinForeignLength and <= MaxForeignLength && !text.AsSpan().ContainsAnyExcept(ForeignCharacters);

    private static S3Exception Invalid(string message, string value) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", Name), ("ArgumentValue", value));
}
