namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// A message that reads back what it writes, so that one codec serves both sides. A result's <c>Read</c> begins after its kind, and any
/// response's after the <c>ResponsePrefix</c>. Bytes that follow the message are left unread: later versions may add to it (section 4.2).
/// </summary>
internal interface IReadableMessage<TSelf> : IMessage
    where TSelf : struct, IReadableMessage<TSelf>
{
    static abstract TSelf Read(ref PrimitiveReader reader, ProtocolVersion version);
}
