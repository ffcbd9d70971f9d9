namespace RocksDbSharp;

/// <summary>Options of a database, and of its default column family if it is opened without a list.</summary>
public class DbOptions : Options<DbOptions>
{
}
