using System.Buffers;

namespace S3Cassandra.Storage.Identifiers;

/// <summary>The digits that ids are written with: an upper-case spelling of an id is not that id.</summary>
internal static class HexDigits
{
    private static readonly SearchValues<char> Lower = SearchValues.Create("0123456789abcdef");

    public static bool AreAll(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Lower);
}
