using System.Net;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Reliability.Tests.Histories;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>One client: a random operation at a time, recorded with what came of it.</summary>
/// <param name="server">The server that is asked now.</param>
/// <param name="load">What it belongs to.</param>
/// <param name="number">Which of the clients.</param>
internal sealed class LoadClient(Func<S3Client> server, MixedLoad load, int number)
{
    private static readonly (OperationKind Kind, int Weight)[] Weights =
    [
        (OperationKind.Put, 34), (OperationKind.PutIfNoneMatch, 8), (OperationKind.PutIfMatch, 8), (OperationKind.Copy, 9),
        (OperationKind.Complete, 7), (OperationKind.Delete, 9), (OperationKind.DeleteIfMatch, 4), (OperationKind.Get, 13), (OperationKind.Head, 8),
    ];

    private readonly Random _random = new(HashCode.Combine(load.Settings.Seed, number));
    private readonly Dictionary<string, string> _lastSeen = [];
    private int _sequence;

    /// <summary>Whether the last step was answered with a 5xx somewhere.</summary>
    public bool IsRefused { get; private set; }

    private string Bucket => load.Settings.Bucket;

    public async Task StepAsync(string key)
    {
        IsRefused = false;
        var client = server();
        var operation = new Operation(number, Draw(), key, null, null, null, 0, long.MaxValue, OperationOutcome.Unknown);
        if (operation.Kind is OperationKind.PutIfMatch or OperationKind.DeleteIfMatch)
        {
            operation = _lastSeen.TryGetValue(key, out var seen)
                ? operation with { Expected = seen }
                : operation with { Kind = OperationKind.Get };
        }

        switch (operation.Kind)
        {
            case OperationKind.Get or OperationKind.Head:
                await ReadAsync(client, operation);
                break;
            case OperationKind.Copy:
                var source = load.Sources[_random.Next(load.Sources.Count)];
                await WriteAsync(operation with { Value = source.Id }, () => client.CopyAsync(Bucket, key, source.Key, CancellationToken.None));
                break;
            case OperationKind.Complete:
                await CompleteAsync(client, operation);
                break;
            case OperationKind.Delete or OperationKind.DeleteIfMatch:
                await WriteAsync(operation, () => client.DeleteAsync(Bucket, key, CancellationToken.None, Conditions(operation)));
                break;
            default:
                var id = ObjectContent.NewId(number, _sequence++, DrawSize());
                var body = load.Values.Add(id, multipart: false);
                await WriteAsync(
                    operation with { Value = id },
                    () => client.PutAsync(Bucket, key, body, CancellationToken.None, [("x-amz-meta-id", id), .. Conditions(operation)]));
                break;
        }
    }

    private async Task ReadAsync(S3Client client, Operation operation)
    {
        var withBody = operation.Kind == OperationKind.Get;
        var start = Recorder.Now;
        var response = withBody
            ? await client.GetAsync(Bucket, operation.Key, CancellationToken.None)
            : await client.HeadAsync(Bucket, operation.Key, CancellationToken.None);
        if (Refuses(response))
        {
            return;
        }

        if (!response.IsSuccess && response.Status != HttpStatusCode.NotFound)
        {
            throw new WrongAnswerException($"{operation.Kind} {operation.Key}: {response.Status} {response.Text}");
        }

        var observed = response.IsSuccess ? load.Values.Identify(operation.Key, response, withBody) : null;
        load.Recorder.Add(operation with { Start = start, End = Recorder.Now, Observed = observed, Outcome = OperationOutcome.Ok });
        Remember(operation.Key, observed);
    }

    private async Task WriteAsync(Operation operation, Func<Task<S3Response>> send)
    {
        var begun = operation with { Start = Recorder.Now };
        S3Response response;
        try
        {
            response = await send();
        }
        catch
        {
            load.Recorder.Add(begun);
            throw;
        }

        var ended = begun with { End = Recorder.Now };
        if (response.IsSuccess && !IsErrorDocument(response))
        {
            load.Recorder.Add(ended with { Outcome = OperationOutcome.Ok });
            Remember(operation.Key, operation.Value);
        }
        else if (Refuses(response) || response.IsSuccess)
        {
            load.Recorder.Add(begun);
        }
        else if (IsRefusal(operation, response.Status))
        {
            load.Recorder.Add(ended with { Outcome = OperationOutcome.Refused });
            _lastSeen.Remove(operation.Key);
        }
        else if (response.Status != HttpStatusCode.Conflict)
        {
            throw new WrongAnswerException($"{operation.Kind} {operation.Key}: {response.Status} {response.Text}");
        }
    }

    private async Task CompleteAsync(S3Client client, Operation operation)
    {
        var size = _random.Next(4) == 0 ? ObjectContent.PartSize + _random.Next(1, 100_000) : _random.Next(ObjectContent.SmallestSize, 700_000);
        var id = ObjectContent.NewId(number, _sequence++, size);
        var body = load.Values.Add(id, multipart: true);
        var created = await client.SendAsync(
            HttpMethod.Post, Bucket, operation.Key, "uploads", [], [("x-amz-meta-id", id)], CancellationToken.None);
        if (Refuses(created) || !created.IsSuccess)
        {
            return;
        }

        var upload = SignatureV4.Encode(XDocument.Parse(created.Text).Root!.Elements().First(element => element.Name.LocalName == "UploadId").Value);
        var document = new StringBuilder("<CompleteMultipartUpload>");
        foreach (var (part, content) in ObjectContent.Parts(body).Index())
        {
            var sent = await client.SendAsync(
                HttpMethod.Put, Bucket, operation.Key, $"partNumber={part + 1}&uploadId={upload}", content.ToArray(), [], CancellationToken.None);
            if (Refuses(sent) || !sent.IsSuccess)
            {
                return;
            }

            document.Append($"<Part><PartNumber>{part + 1}</PartNumber><ETag>{sent.ETag}</ETag></Part>");
        }

        if (_random.Next(6) == 0)
        {
            await client.SendAsync(HttpMethod.Delete, Bucket, operation.Key, $"uploadId={upload}", null, [], CancellationToken.None);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(document.Append("</CompleteMultipartUpload>").ToString());
        await WriteAsync(
            operation with { Value = id },
            () => client.SendAsync(HttpMethod.Post, Bucket, operation.Key, $"uploadId={upload}", bytes, [], CancellationToken.None));
    }

    /// <summary>5xx: nobody knows what came of it.</summary>
    private bool Refuses(S3Response response)
    {
        if ((int)response.Status < 500)
        {
            return false;
        }

        IsRefused = true;
        load.Refusals.Enqueue((response.Status, response.Text));
        return true;
    }

    private static bool IsRefusal(Operation operation, HttpStatusCode status) =>
        operation.Kind is OperationKind.PutIfMatch or OperationKind.PutIfNoneMatch or OperationKind.DeleteIfMatch
        && (status == HttpStatusCode.PreconditionFailed || (status == HttpStatusCode.NotFound && operation.Expected is not null));

    /// <summary>Copy and Complete may answer 200 and then an error: nobody knows what came of it.</summary>
    private static bool IsErrorDocument(S3Response response) => response.Text.Contains("<Error>", StringComparison.Ordinal);

    private (string, string)[] Conditions(Operation operation) => operation.Kind switch
    {
        OperationKind.PutIfNoneMatch => [("If-None-Match", "*")],
        OperationKind.PutIfMatch or OperationKind.DeleteIfMatch => [("If-Match", load.Values.ETagOf(operation.Expected!))],
        _ => [],
    };

    private void Remember(string key, string? id)
    {
        if (id is null)
        {
            _lastSeen.Remove(key);
        }
        else
        {
            _lastSeen[key] = id;
        }
    }

    private OperationKind Draw()
    {
        var drawn = _random.Next(Weights.Sum(entry => entry.Weight));
        return Weights.First(entry => (drawn -= entry.Weight) < 0).Kind;
    }

    /// <summary>Mostly what fits in a row, some around the thresholds, some of several chunks.</summary>
    private int DrawSize() => _random.Next(20) switch
    {
        0 => ObjectContent.SmallestSize,
        < 12 => _random.Next(ObjectContent.SmallestSize, 20_000),
        < 17 => _random.Next(20_000, 600_000),
        _ => _random.Next(600_000, load.Settings.LargeSize),
    };
}
