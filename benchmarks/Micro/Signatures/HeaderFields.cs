using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Micro.Signatures;

/// <summary>Header fields in an array, one line each, as the edge hands them over.</summary>
internal sealed class HeaderFields(params (string Name, string Value)[] fields) : IRequestHeaders
{
    public int Count => fields.Length;

    public string NameAt(int index) => fields[index].Name;

    public int ValueCountAt(int index) => 1;

    public string ValueAt(int index, int line) => fields[index].Value;
}
