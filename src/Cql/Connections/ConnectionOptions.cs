using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Connections;

/// <summary>How one connection is made and kept.</summary>
internal sealed record ConnectionOptions
{
    public ProtocolVersion Version { get; init; } = ProtocolVersion.V4;

    public NetworkCredential? Credentials { get; init; }

    public TlsOptions? Tls { get; init; }

    /// <summary>The name to expect in the node's certificate when <see cref="TlsOptions.TargetHost"/> has none.</summary>
    public string? HostName { get; init; }

    /// <summary>For everything until the connection can be used: TCP, TLS and the handshake.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection that received nothing for so long is asked for OPTIONS.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So is one that received nothing for so long while requests are under way: those wait for a node that may be gone.</summary>
    public TimeSpan WaitingHeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A heartbeat without an answer for so long, or a write that makes no progress for so long, ends the connection.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests under way at once, timed-out ones whose late answer is still awaited included.</summary>
    public int MaxInFlight { get; init; } = 2048;

    /// <summary>Timed-out requests whose answers are still awaited; beyond it the connection is ended, for it answers nothing any more.</summary>
    public int MaxOrphans { get; init; } = 256;

    /// <summary>Largest body of an answer in bytes.</summary>
    public int MaxFrameLength { get; init; } = 64 * 1024 * 1024;

    public string DriverName { get; init; } = "S3Cassandra.Cql";

    /// <summary>Called on the reading loop for every EVENT; it must not block.</summary>
    public Action<EventResponse>? OnEvent { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
