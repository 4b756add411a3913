namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>One CQL type's values on the wire (native_protocol_v5.spec, section 6).</summary>
internal interface ICodec<T>
{
    /// <summary>The type's name in CQL, for messages.</summary>
    static abstract string TypeName { get; }

    /// <summary>Writes a whole [value]: length and bytes.</summary>
    static abstract void Write(PrimitiveWriter writer, T value);

    /// <summary>Reads a value from its bytes, the length not among them.</summary>
    /// <exception cref="CqlProtocolException">The bytes are not a value of this type.</exception>
    static abstract T Read(ReadOnlySpan<byte> bytes);

    /// <summary>What a null element of a collection or tuple is. Only types that have a null allow it.</summary>
    static virtual T ReadNull() => throw new CqlProtocolException("A null lies where the type allows none.");
}
