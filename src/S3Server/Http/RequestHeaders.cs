using Microsoft.Extensions.Primitives;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.S3Server.Http;

/// <summary>A request's header fields by position, as signatures read them. Filled anew for each request of a connection.</summary>
internal sealed class RequestHeaders : IRequestHeaders
{
    private KeyValuePair<string, StringValues>[] _fields = new KeyValuePair<string, StringValues>[16];

    public int Count { get; private set; }

    public void Fill(IHeaderDictionary headers)
    {
        Count = 0;
        foreach (var field in headers)
        {
            if (field.Value.Count == 0)
            {
                continue;
            }

            if (Count == _fields.Length)
            {
                Array.Resize(ref _fields, Count * 2);
            }

            _fields[Count++] = field;
        }
    }

    public void Clear()
    {
        Array.Clear(_fields, 0, Count);
        Count = 0;
    }

    public string NameAt(int index) => _fields[index].Key;

    public int ValueCountAt(int index) => _fields[index].Value.Count;

    public string ValueAt(int index, int line) => _fields[index].Value[line] ?? "";
}
