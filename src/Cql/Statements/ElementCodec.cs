using System.Net;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Cql.Statements;

/// <summary>The codec of an element of a collection or tuple, by its .NET type. The tests on the type cost nothing: the runtime knows their answers.</summary>
internal static class ElementCodec
{
    public static void Write<T>(PrimitiveWriter writer, T value, CqlType type)
    {
        Check<T>(type);
        switch (value)
        {
            case null: writer.Null(); break;
            case int number: IntCodec.Write(writer, number); break;
            case long number: BigintCodec.Write(writer, number); break;
            case short number: SmallintCodec.Write(writer, number); break;
            case sbyte number: TinyintCodec.Write(writer, number); break;
            case bool flag: BooleanCodec.Write(writer, flag); break;
            case Guid uuid: UuidCodec.Write(writer, uuid); break;
            case string text: TextCodec.Write(writer, text); break;
            case ReadOnlyMemory<byte> blob: BlobCodec.Write(writer, blob); break;
            case byte[] blob: BlobCodec.Write(writer, blob.AsSpan()); break;
            case DateTimeOffset instant: TimestampCodec.Write(writer, instant); break;
            case IPAddress address: InetCodec.Write(writer, address); break;
            default: throw Unknown<T>();
        }
    }

    /// <summary>Reads an element; a missing or null one is the type's default where the type allows a null.</summary>
    public static T Read<T>(ref PrimitiveReader reader, CqlType type)
    {
        Check<T>(type);
        var isNull = true;
        var bytes = reader.Remaining == 0 ? default : reader.Bytes(out isNull);
        if (isNull)
        {
            return default(T) is null ? default! : throw new InvalidOperationException($"An element of the type {type} is null; ask for a type that can be.");
        }
        var wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return (T)Read(wanted, bytes);
    }

    private static object Read(Type wanted, ReadOnlySpan<byte> bytes)
    {
        if (wanted == typeof(byte[]))
        {
            return bytes.ToArray();
        }
        if (wanted == typeof(ReadOnlyMemory<byte>))
        {
            return new ReadOnlyMemory<byte>(bytes.ToArray());
        }
        if (wanted == typeof(IPAddress))
        {
            return InetCodec.Read(bytes);
        }
        if (wanted == typeof(DateTimeOffset))
        {
            return TimestampCodec.Read(bytes);
        }
        if (wanted == typeof(Guid))
        {
            return UuidCodec.Read(bytes);
        }
        return Type.GetTypeCode(wanted) switch
        {
            TypeCode.Int32 => IntCodec.Read(bytes),
            TypeCode.Int64 => BigintCodec.Read(bytes),
            TypeCode.Int16 => SmallintCodec.Read(bytes),
            TypeCode.SByte => TinyintCodec.Read(bytes),
            TypeCode.Boolean => BooleanCodec.Read(bytes),
            _ => TextCodec.Read(bytes),
        };
    }

    private static void Check<T>(CqlType type)
    {
        var given = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        var fits = type.Code switch
        {
            CqlTypeCode.Int => given == typeof(int),
            CqlTypeCode.Bigint or CqlTypeCode.Counter => given == typeof(long),
            CqlTypeCode.Smallint => given == typeof(short),
            CqlTypeCode.Tinyint => given == typeof(sbyte),
            CqlTypeCode.Boolean => given == typeof(bool),
            CqlTypeCode.Uuid or CqlTypeCode.Timeuuid => given == typeof(Guid),
            CqlTypeCode.Text or CqlTypeCode.Ascii => given == typeof(string),
            CqlTypeCode.Blob => given == typeof(byte[]) || given == typeof(ReadOnlyMemory<byte>),
            CqlTypeCode.Timestamp => given == typeof(DateTimeOffset),
            CqlTypeCode.Inet => given == typeof(IPAddress),
            _ => throw new ArgumentException($"Elements of the type {type} are written by Encoded and read by GetEncoded."),
        };
        if (!fits)
        {
            throw new ArgumentException($"An element is a {type}, but a {given.Name} was given.");
        }
    }

    private static ArgumentException Unknown<T>() => new($"A {typeof(T).Name} is no value of any CQL type that this client writes.");
}
