using System.Buffers.Binary;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// The serialized partition key that a token is computed of: the bytes of a single component as they are; of several (Cassandra's
/// CompositeType), each as <c>length:u16 | bytes | 00</c>.
/// </summary>
internal static class RoutingKey
{
    /// <summary>Cassandra's own limit on a key; a length has no more room than that.</summary>
    public const int LongestComponent = ushort.MaxValue;

    private const int AroundComponent = sizeof(ushort) + 1;

    /// <summary>The bytes that a component takes within a key of several.</summary>
    public static int LengthOf(int component) => component + AroundComponent;

    /// <summary>Writes one component of a key of several and returns the bytes it took.</summary>
    /// <exception cref="ArgumentException">The component is longer than 65,535 bytes: no row can have it.</exception>
    public static int WriteComponent(Span<byte> destination, ReadOnlySpan<byte> component)
    {
        if (component.Length > LongestComponent)
        {
            throw new ArgumentException($"A component of a partition key has {component.Length} bytes; Cassandra takes {LongestComponent}.", nameof(component));
        }
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)component.Length);
        component.CopyTo(destination[sizeof(ushort)..]);
        destination[component.Length + sizeof(ushort)] = 0;
        return LengthOf(component.Length);
    }

    /// <summary>The key of these components, in the order of the partition key's columns.</summary>
    public static byte[] Encode(params ReadOnlySpan<byte[]> components)
    {
        if (components.Length == 1)
        {
            return components[0];
        }
        var length = 0;
        foreach (var component in components)
        {
            length += LengthOf(component.Length);
        }
        var key = new byte[length];
        var at = 0;
        foreach (var component in components)
        {
            at += WriteComponent(key.AsSpan(at), component);
        }
        return key;
    }
}
