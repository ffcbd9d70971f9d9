namespace RocksDbSharp;

/// <summary>A wrong use of the database, or an error of it.</summary>
public class RocksDbSharpException : Exception
{
    /// <summary>Makes an exception.</summary>
    public RocksDbSharpException(string message)
        : base(message)
    {
    }
}
