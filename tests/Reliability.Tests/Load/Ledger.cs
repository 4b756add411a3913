using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>What must be there: for each key the id of its value, or null for nothing.</summary>
internal static class Ledger
{
    /// <summary>LIST shows exactly the ledger's objects below the prefix, with their sizes and ETags, and GET and HEAD agree with it.</summary>
    public static async Task VerifyAsync(
        S3Client client, string bucket, string prefix, IReadOnlyDictionary<string, string?> ledger, KnownValues values, CancellationToken token)
    {
        var listed = await client.ListAsync(bucket, prefix, token);
        var expected = ledger.Where(entry => entry.Value is not null)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, (long)ObjectContent.SizeOf(entry.Value!), values.ETagOf(entry.Value!)));
        Assert.Equal(expected, listed.Select(entry => (entry.Key, entry.Size, entry.ETag)));
        await Parallel.ForEachAsync(ledger, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (entry, stop) =>
        {
            await VerifyAsync(client, bucket, entry.Key, entry.Value, values, stop);
        });
    }

    private static async Task VerifyAsync(S3Client client, string bucket, string key, string? id, KnownValues values, CancellationToken token)
    {
        var got = await client.GetAsync(bucket, key, token);
        var head = await client.HeadAsync(bucket, key, token);
        Assert.Equal(got.Status, head.Status);
        if (id is null)
        {
            Assert.Equal(HttpStatusCode.NotFound, got.Status);
            return;
        }

        Assert.True(got.IsSuccess, $"{key} ({id}) is lost: {got.Status} {got.Text}");
        Assert.Equal(id, values.Identify(key, got, withBody: true));
        Assert.Equal(id, values.Identify(key, head, withBody: false));
    }
}
