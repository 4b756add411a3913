using System.Globalization;
using System.Text;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>What all listings of a bucket can be asked.</summary>
internal sealed record ListingParameters
{
    private const int MostKeys = 1_000;

    /// <summary>UTF-8; empty when the request had none.</summary>
    public required ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>UTF-8; empty when the request had none.</summary>
    public required ReadOnlyMemory<byte> Delimiter { get; init; }

    /// <summary>0 to 1,000.</summary>
    public required int MaxKeys { get; init; }

    /// <summary>encoding-type=url: names in the answer are percent-encoded.</summary>
    public required bool UrlEncoded { get; init; }

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static ListingParameters Parse(QueryParameters query) => new()
    {
        MaxKeys = ParseMaxKeys(query.Get("max-keys")),
        Prefix = Utf8(query.Get("prefix")),
        Delimiter = Utf8(query.Get("delimiter")),
        UrlEncoded = ParseEncodingType(query.Get("encoding-type")),
    };

    /// <summary>A parameter's bytes; empty when it is not there.</summary>
    public static ReadOnlyMemory<byte> Utf8(string? value) => string.IsNullOrEmpty(value) ? default : Encoding.UTF8.GetBytes(value);

    public static S3Exception Invalid(string name, string value, string message) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", name), ("ArgumentValue", value));

    private static int ParseMaxKeys(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return MostKeys;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var max))
        {
            throw Invalid("max-keys", text, "Provided max-keys not an integer or within integer range");
        }

        return max >= 0
            ? Math.Min(max, MostKeys)
            : throw Invalid("max-keys", text, $"Argument {text} must be an integer between 0 and 2147483647");
    }

    private static bool ParseEncodingType(string? text) => text switch
    {
        null or "" => false,
        "url" => true,
        _ => throw Invalid("encoding-type", text, "Invalid Encoding Method specified in Request"),
    };
}
