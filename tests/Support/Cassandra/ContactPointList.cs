using System.Net;

namespace S3Cassandra.Support.Cassandra;

/// <summary><c>host[:port],…</c>: names and addresses, those of version 6 with a port in brackets.</summary>
public static class ContactPointList
{
    /// <summary>Every address of every one of them.</summary>
    public static async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(string contactPoints)
    {
        var found = new List<IPEndPoint>();
        foreach (var point in contactPoints.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPEndPoint.TryParse(point, out var endPoint))
            {
                found.Add(endPoint.Port == 0 ? new(endPoint.Address, CassandraNode.Port) : endPoint);
                continue;
            }

            var uri = new Uri($"cql://{point}");
            var addresses = await Dns.GetHostAddressesAsync(uri.Host);
            found.AddRange(addresses.Select(address => new IPEndPoint(address, uri.Port < 0 ? CassandraNode.Port : uri.Port)));
        }

        return found;
    }
}
