using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Connections;

/// <summary>An answer as it arrived: its body is not yet decoded. Whoever receives it releases <see cref="Body"/>, once.</summary>
internal readonly record struct Response(Opcode Opcode, FrameFlags Flags, PooledBuffer Body);
