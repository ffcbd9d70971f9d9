using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>An open database, for any number of threads. It closes after its iterators and snapshots.</summary>
public sealed unsafe partial class RocksDb : IDisposable
{
    private readonly NativeHandle _native;
    private readonly Dictionary<string, ColumnFamily> _families;
    private readonly ColumnFamily _defaultFamily;

    // RocksDbSharp gives out families only of a database that was opened with a list of them.
    private readonly bool _wasOpenedWithFamilies;

    private RocksDb(
        OptionsHandle options,
        string path,
        IReadOnlyList<(string Name, OptionsHandle Options)> families,
        bool? errorIfWalExists,
        bool wasOpenedWithFamilies)
    {
        _native = DatabaseOpener.Open(options, path, families, errorIfWalExists, out ColumnFamily[] handles);
        _families = families.Zip(handles).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        _defaultFamily = _families[ColumnFamilies.DefaultName];
        _wasOpenedWithFamilies = wasOpenedWithFamilies;
    }

    /// <summary>Opens a database that has the default column family only.</summary>
    /// <exception cref="RocksDbException">
    /// There is none and the options do not say to make one, it is open elsewhere, it has more families, or is damaged.
    /// </exception>
    public static RocksDb Open(OptionsHandle options, string path) => Open(options, path, errorIfWalExists: null);

    /// <summary>Opens a database with all its column families.</summary>
    /// <exception cref="RocksDbException">
    /// There is none and the options do not say to make one, it is open elsewhere, a family of it is not in the
    /// list, or it is damaged.
    /// </exception>
    public static RocksDb Open(DbOptions options, string path, ColumnFamilies columnFamilies) =>
        Open(options, path, columnFamilies, errorIfWalExists: null);

    /// <summary>Opens a database for reading, also while it is open elsewhere; later writes are not seen.</summary>
    public static RocksDb OpenReadOnly(OptionsHandle options, string path, bool errorIfLogFileExists) =>
        Open(options, path, errorIfWalExists: errorIfLogFileExists);

    /// <summary>Opens column families of a database for reading, also while it is open elsewhere.</summary>
    public static RocksDb OpenReadOnly(
        DbOptions options, string path, ColumnFamilies columnFamilies, bool errIfLogFileExists) =>
        Open(options, path, columnFamilies, errorIfWalExists: errIfLogFileExists);

    /// <summary>The names of the column families of a database, which need not be open.</summary>
    /// <exception cref="RocksDbException">There is no database, or it is damaged.</exception>
    public static IEnumerable<string> ListColumnFamilies(DbOptions options, string name)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] names = DatabaseOpener.ListFamilies(options, name, out nint error);
        NativeError.ThrowIfSet(error);
        return names;
    }

    /// <summary>The names of the column families of a database; false and none if there is no database.</summary>
    public static bool TryListColumnFamilies(DbOptions options, string name, out string[] columnFamilies)
    {
        ArgumentNullException.ThrowIfNull(options);
        columnFamilies = DatabaseOpener.ListFamilies(options, name, out nint error);
        RocksDbNative.rocksdb_free(error);
        return error == nint.Zero;
    }

    /// <summary>Closes the database, or lets the last of its iterators and snapshots close it.</summary>
    public void Dispose()
    {
        foreach (ColumnFamily family in _families.Values)
        {
            family.Native.Dispose();
        }

        _native.Dispose();
    }

    /// <summary>Makes a column family.</summary>
    /// <exception cref="RocksDbException">There is one of this name.</exception>
    public ColumnFamilyHandle CreateColumnFamily(ColumnFamilyOptions cfOptions, string name)
    {
        ArgumentNullException.ThrowIfNull(cfOptions);
        nint error = nint.Zero;
        nint handle = RocksDbNative.rocksdb_create_column_family(_native, cfOptions.Native, name, &error);
        NativeError.ThrowIfSet(error);
        ColumnFamily family = new(handle, _native);
        _families.Add(name, family);
        return family;
    }

    /// <summary>Removes a column family with all that it holds.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public void DropColumnFamily(string name)
    {
        ColumnFamily family = (ColumnFamily)GetColumnFamily(name);
        nint error = nint.Zero;
        RocksDbNative.rocksdb_drop_column_family(_native, family.Native, &error);
        NativeError.ThrowIfSet(error);
        _families.Remove(name);
        family.Native.Dispose();
    }

    /// <summary>The family that every database has.</summary>
    public ColumnFamilyHandle GetDefaultColumnFamily() => GetColumnFamily(ColumnFamilies.DefaultName);

    /// <summary>The family of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="RocksDbSharpException">The database was opened without a list of families.</exception>
    public ColumnFamilyHandle GetColumnFamily(string name)
    {
        CheckHasFamilies();
        return _families[name];
    }

    /// <summary>The family of this name; false if there is none.</summary>
    /// <exception cref="RocksDbSharpException">The database was opened without a list of families.</exception>
    public bool TryGetColumnFamily(string name, [NotNullWhen(true)] out ColumnFamilyHandle? handle)
    {
        CheckHasFamilies();
        handle = _families.GetValueOrDefault(name);
        return handle is not null;
    }

    /// <summary>A snapshot of all column families.</summary>
    public Snapshot CreateSnapshot() => new(_native);

    /// <summary>An object that makes copies of the database.</summary>
    public Checkpoint Checkpoint() => new(_native);

    /// <summary>Writes what the default column family holds in memory to a file.</summary>
    public void Flush(FlushOptions flushOptions)
    {
        ArgumentNullException.ThrowIfNull(flushOptions);
        nint error = nint.Zero;
        RocksDbNative.rocksdb_flush(_native, flushOptions.Native, &error);
        NativeError.ThrowIfSet(error);
    }

    /// <summary>Compacts the keys from start to limit; null is the first or the last.</summary>
    public void CompactRange(byte[]? start, byte[]? limit, ColumnFamilyHandle? cf = null)
    {
        nuint startLength = (nuint)(start?.Length ?? 0);
        nuint limitLength = (nuint)(limit?.Length ?? 0);
        fixed (byte* startBytes = start, limitBytes = limit)
        {
            RocksDbNative.rocksdb_compact_range_cf(
                _native, HandleOf(cf), startBytes, startLength, limitBytes, limitLength);
        }
    }

    /// <summary>A property, such as "rocksdb.stats"; null if the database has none of this name.</summary>
    public string? GetProperty(string propertyName) => GetProperty(propertyName, _defaultFamily);

    /// <inheritdoc cref="GetProperty(string)"/>
    public string? GetProperty(string propertyName, ColumnFamilyHandle cf)
    {
        nint value = RocksDbNative.rocksdb_property_value_cf(_native, HandleOf(cf), propertyName);
        string? text = Marshal.PtrToStringUTF8(value);
        RocksDbNative.rocksdb_free(value);
        return text;
    }

    private static RocksDb Open(OptionsHandle options, string path, bool? errorIfWalExists)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RocksDb(
            options, path, [(ColumnFamilies.DefaultName, options)], errorIfWalExists, wasOpenedWithFamilies: false);
    }

    private static RocksDb Open(DbOptions options, string path, ColumnFamilies columnFamilies, bool? errorIfWalExists)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(columnFamilies);
        (string Name, OptionsHandle Options)[] families =
            [.. columnFamilies.Select(descriptor => (descriptor.Name, (OptionsHandle)descriptor.Options))];
        return new RocksDb(options, path, families, errorIfWalExists, wasOpenedWithFamilies: true);
    }

    private NativeHandle HandleOf(ColumnFamilyHandle? family) => ColumnFamily.HandleOf(family ?? _defaultFamily);

    private void CheckHasFamilies()
    {
        if (!_wasOpenedWithFamilies)
        {
            throw new RocksDbSharpException("The database was opened without a list of column families.");
        }
    }
}
