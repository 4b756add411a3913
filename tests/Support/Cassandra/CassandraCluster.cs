using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;

namespace S3Cassandra.Support.Cassandra;

/// <summary>
/// One or several nodes that these tests started: on random addresses of 127.0.0.0/8, in a temporary folder, gone at the end. Should the
/// tests themselves be killed, a process that waits for their end removes the nodes all the same.
/// </summary>
public sealed class CassandraCluster : IAsyncDisposable
{
    private const int StoragePort = 7000;
    private const int TokensPerNode = 16;

    private readonly TemporaryFolder _folder;
    private readonly CassandraKeeper _keeper;

    private readonly CassandraNodeSettings _settings;
    private readonly List<CassandraNode> _nodes;

    private CassandraCluster(TemporaryFolder folder, CassandraKeeper keeper, CassandraNodeSettings settings, IReadOnlyList<CassandraNode> nodes)
    {
        _folder = folder;
        _keeper = keeper;
        _settings = settings;
        _nodes = [.. nodes];
    }

    public IReadOnlyList<CassandraNode> Nodes => _nodes;

    public IReadOnlyList<IPEndPoint> EndPoints => [.. Nodes.Select(node => node.EndPoint)];

    /// <summary>
    /// Starts <paramref name="count"/> nodes at once and returns when all of them answer CQL, and each knows the others and their schema:
    /// 10 to 20 s on two cores.
    /// </summary>
    public static async Task<CassandraCluster> StartAsync(int count, CassandraNodeSettings settings, CancellationToken token)
    {
        CassandraHome.Require("this test");
        var folder = new TemporaryFolder();
        var keeper = CassandraKeeper.Start(folder.Path);
        var addresses = FreeAddresses(count);
        var seed = addresses[0];
        CassandraNode[] nodes = [.. addresses.Select((address, index) => Create(folder, address, index, Tokens(index, count), seed, settings))];
        var cluster = new CassandraCluster(folder, keeper, settings, nodes);
        try
        {
            await Task.WhenAll(nodes.Select(node => node.StartAsync(token)));
            if (count > 1)
            {
                await Task.WhenAll(nodes.Select(node => cluster.WhenAgreedAsync(node, token)));
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more node, which joins without taking over any data, and returns when it answers CQL.</summary>
    public async Task<CassandraNode> AddAsync(CancellationToken token)
    {
        var seed = _nodes[0].EndPoint.Address;
        var address = new IPAddress([.. seed.GetAddressBytes()[..3], (byte)(_nodes.Count + 1)]);
        var node = Create(_folder, address, _nodes.Count, TokensBetween(_nodes.Count), seed, _settings);
        _nodes.Add(node);
        await node.StartAsync(token);
        return node;
    }

    /// <summary>Ends the last node and has the others forget it, without its data being moved: that would take half a minute.</summary>
    public async Task RemoveLastAsync(CancellationToken token)
    {
        var node = _nodes[^1];
        await node.KillAsync(token);
        _ = await _nodes[0].NodetoolAsync(token, "assassinate", $"{node.EndPoint.Address}");
        _nodes.Remove(node);
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A node that answers CQL may not have heard of the others yet: tables made then would reach it when they are already used.</summary>
    private async Task WhenAgreedAsync(CassandraNode node, CancellationToken token)
    {
        string seen;
        do
        {
            seen = await node.NodetoolAsync(token, "describecluster");
        }
        while (!seen.Split('\n').Any(line => _nodes.All(other => line.Contains($"{other.EndPoint.Address}", StringComparison.Ordinal))));
    }

    private static CassandraNode Create(
        TemporaryFolder folder, IPAddress address, int index, string tokens, IPAddress seed, CassandraNodeSettings settings)
    {
        List<string> arguments = ["--seeds", $"{seed}", "--heap", settings.Heap, "--dc", settings.DataCenters[Math.Min(index, settings.DataCenters.Count - 1)]];
        if (settings.Authentication)
        {
            arguments.Add("--auth");
        }

        if (settings.Keystore is { } keystore)
        {
            arguments.AddRange(["--keystore", keystore, "--keystore-password", settings.KeystorePassword]);
        }

        foreach (var line in Lines(tokens, settings))
        {
            arguments.AddRange(["--set", line]);
        }

        if (settings.BehindProxies)
        {
            arguments.AddRange(["--set", $"broadcast_rpc_address: {CassandraNode.ProxyOf(address)}"]);
        }

        return new(folder.Create($"node{index + 1}"), address, arguments);
    }

    private static IEnumerable<string> Lines(string tokens, CassandraNodeSettings settings)
    {
        if (settings.Truststore is { } truststore)
        {
            // Below client_encryption_options, with which the file ends; so these come first.
            yield return "  require_client_auth: true";
            yield return $"  truststore: '{truststore}'";
            yield return $"  truststore_password: {settings.KeystorePassword}";
        }

        // With tokens of their own and nothing to stream, the nodes of a new cluster need not wait for one another.
        yield return "auto_bootstrap: false";
        yield return $"num_tokens: {TokensPerNode}";
        yield return $"initial_token: '{tokens}'";
        yield return "paxos_on_linearizability_violations: fail";
        foreach (var line in settings.Lines)
        {
            yield return line;
        }
    }

    /// <summary>The node's tokens: the ring cut in equal parts, dealt out in turn.</summary>
    private static string Tokens(int index, int count)
    {
        var part = Part(count);
        return string.Join(',', Enumerable.Range(0, TokensPerNode).Select(turn => long.MinValue + 1 + (((turn * count) + index) * part)));
    }

    /// <summary>Those of a node that comes later: in the middle of parts that others have.</summary>
    private static string TokensBetween(int count)
    {
        var part = Part(count);
        return string.Join(',', Enumerable.Range(0, TokensPerNode).Select(turn => long.MinValue + 1 + (turn * count * part) + (part / 2)));
    }

    private static BigInteger Part(int count) => (BigInteger.One << 64) / (count * TokensPerNode);

    /// <summary>127.x.y.1 and on, x.y by chance: clusters of other runs on this machine are elsewhere.</summary>
    private static IPAddress[] FreeAddresses(int count)
    {
        while (true)
        {
            var network = (X: RandomNumberGenerator.GetInt32(16, 255), Y: RandomNumberGenerator.GetInt32(0, 256));
            IPAddress[] addresses = [.. Enumerable.Range(1, count).Select(host => new IPAddress([127, (byte)network.X, (byte)network.Y, (byte)host]))];
            if (addresses.All(IsFree))
            {
                return addresses;
            }
        }
    }

    private static bool IsFree(IPAddress address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, StoragePort));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
