using System.Text;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.5.2: <c>[ks][table]</c> once or for each column, then name and type of each.</summary>
internal static class ColumnSpecs
{
    // Two lengths of strings, of the name and of the type; four where each column has its table.
    private const int SmallestOfOneTable = 2 * sizeof(ushort);
    private const int Smallest = 4 * sizeof(ushort);

    public static bool HaveOneTable(ReadOnlySpan<ColumnSpec> columns)
    {
        foreach (var column in columns)
        {
            if (column.Keyspace != columns[0].Keyspace || column.Table != columns[0].Table)
            {
                return false;
            }
        }
        return columns.Length > 0;
    }

    public static void Write(PrimitiveWriter writer, ReadOnlySpan<ColumnSpec> columns, bool global)
    {
        if (global)
        {
            writer.String(columns[0].Keyspace);
            writer.String(columns[0].Table);
        }
        foreach (var column in columns)
        {
            if (!global)
            {
                writer.String(column.Keyspace);
                writer.String(column.Table);
            }
            writer.String(column.Name);
            TypeOption.Write(writer, column.Type);
        }
    }

    public static ColumnSpec[] Read(ref PrimitiveReader reader, int count, bool global, ColumnSpec[]? known)
    {
        reader.Count(count, global ? SmallestOfOneTable : Smallest);
        if (known is not null && known.Length == count)
        {
            var ahead = reader;
            if (Matches(ref ahead, global, known))
            {
                reader = ahead;
                return known;
            }
        }
        if (count == 0 && !global)
        {
            return [];
        }
        var (keyspace, table) = global ? (reader.Name(), reader.Name()) : ("", "");
        var columns = new ColumnSpec[reader.Count(count, global ? SmallestOfOneTable : Smallest)];
        for (var i = 0; i < columns.Length; i++)
        {
            if (!global)
            {
                (keyspace, table) = (reader.Name(), reader.Name());
            }
            columns[i] = new ColumnSpec(keyspace, table, reader.Name(), TypeOption.Read(ref reader));
        }
        return columns;
    }

    private static bool Matches(ref PrimitiveReader reader, bool global, ColumnSpec[] known)
    {
        var keyspace = global ? reader.ShortBytes() : default;
        var table = global ? reader.ShortBytes() : default;
        foreach (var column in known)
        {
            if (!global)
            {
                keyspace = reader.ShortBytes();
                table = reader.ShortBytes();
            }
            if (!Ascii.Equals(keyspace, column.Keyspace)
                || !Ascii.Equals(table, column.Table)
                || !Ascii.Equals(reader.ShortBytes(), column.Name)
                || !column.Type.Equals(TypeOption.Read(ref reader)))
            {
                return false;
            }
        }
        return true;
    }
}
