using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// A page of a listing: Marker names the last item of the page before, MaxItems says how many there are at most. Markers are names, compared
/// as listings order them, so a page goes on rightly whatever came or went meanwhile.
/// </summary>
internal static class IamPage
{
    /// <summary>Refuses a page that cannot be, before anything is looked for.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedInput.</exception>
    public static void Check(QueryRequest request) => request.PageSize();

    /// <summary>The only page of a list without items.</summary>
    public static IReadOnlyList<XElement> Empty(string element) => [IamDocument.Element(element), IamDocument.IsTruncated(false)];

    /// <summary>A page of what is at hand.</summary>
    public static IReadOnlyList<XElement> Of<T>(
        QueryRequest request, string element, IEnumerable<T> items, Func<T, string> nameOf, Func<T, XElement> write)
    {
        var size = request.PageSize();
        var marker = request.Find("Marker");
        var found = items.OrderBy(nameOf, StringComparer.Ordinal)
            .SkipWhile(item => marker is not null && string.CompareOrdinal(nameOf(item), marker) <= 0)
            .Take(size + 1)
            .ToList();
        return Written(element, found, size, nameOf, write);
    }

    /// <summary>A page of what is read as it goes, already after the marker and in order.</summary>
    public static async ValueTask<IReadOnlyList<XElement>> OfAsync<T>(
        QueryRequest request,
        string element,
        IAsyncEnumerable<T> items,
        Func<T, string> nameOf,
        Func<T, XElement> write,
        CancellationToken cancellationToken)
    {
        var size = request.PageSize();
        var found = new List<T>();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            found.Add(item);
            if (found.Count > size)
            {
                break;
            }
        }

        return Written(element, found, size, nameOf, write);
    }

    private static XElement[] Written<T>(string element, List<T> found, int size, Func<T, string> nameOf, Func<T, XElement> write)
    {
        var page = found.Take(size).ToList();
        var list = IamDocument.Element(element, [.. page.Select(write)]);
        return found.Count > size
            ? [list, IamDocument.IsTruncated(true), IamDocument.Element("Marker", nameOf(page[^1]))]
            : [list, IamDocument.IsTruncated(false)];
    }
}
