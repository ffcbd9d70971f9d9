namespace RocksDbSharp;

/// <summary>The least grave messages that the database's own log holds.</summary>
public enum InfoLogLevel
{
    /// <summary>All.</summary>
    Debug,

    /// <summary>What happens, and graver.</summary>
    Info,

    /// <summary>Warnings, and graver.</summary>
    Warn,

    /// <summary>Errors, and graver.</summary>
    Error,

    /// <summary>What stops the database.</summary>
    Fatal,

    /// <summary>The options at opening only.</summary>
    Header,
}
