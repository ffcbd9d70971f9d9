using System.Runtime.InteropServices;

namespace RocksDbSharp.Interop;

/// <summary>Opens a database with a list of column families, and lists those of one that is not open.</summary>
internal static unsafe class DatabaseOpener
{
    /// <summary>Opens the database for writing, or, told whether a write-ahead log is an error, for reading.</summary>
    /// <param name="options">The options of the database; the database keeps them.</param>
    /// <param name="path">The folder of the database.</param>
    /// <param name="families">Names and options of the families; the database keeps them.</param>
    /// <param name="errorIfWalExists">Null for writing.</param>
    /// <param name="handles">The families, in the order of their names.</param>
    internal static NativeHandle Open(
        OptionsHandle options,
        string path,
        IReadOnlyList<(string Name, OptionsHandle Options)> families,
        bool? errorIfWalExists,
        out ColumnFamily[] handles)
    {
        nint[] names = [.. families.Select(family => Marshal.StringToCoTaskMemUTF8(family.Name))];
        nint[] familyOptions = [.. families.Select(family => family.Options.Native.Pointer)];
        nint[] pointers = new nint[families.Count];
        nint error = nint.Zero;
        nint opened;
        try
        {
            fixed (nint* name = names, familyOption = familyOptions, pointer = pointers)
            {
                opened = errorIfWalExists is { } isError
                    ? RocksDbNative.rocksdb_open_for_read_only_column_families(
                        options.Native, path, names.Length, name, familyOption, pointer, isError, &error)
                    : RocksDbNative.rocksdb_open_column_families(
                        options.Native, path, names.Length, name, familyOption, pointer, &error);
            }
        }
        finally
        {
            Array.ForEach(names, Marshal.FreeCoTaskMem);
            GC.KeepAlive(families);
        }

        NativeError.ThrowIfSet(error);
        NativeHandle database = new(
            opened, static (_, handle) => RocksDbNative.rocksdb_close(handle), needed: (options, families));
        handles = [.. pointers.Select(pointer => new ColumnFamily(pointer, database))];
        return database;
    }

    /// <summary>The names of the families.</summary>
    /// <param name="options">The options of the database.</param>
    /// <param name="path">The folder of the database.</param>
    /// <param name="error">Zero, or the text of an error, to be freed; the names are empty then.</param>
    internal static string[] ListFamilies(OptionsHandle options, string path, out nint error)
    {
        nuint count = 0;
        nint text = nint.Zero;
        nint list = RocksDbNative.rocksdb_list_column_families(options.Native, path, &count, &text);
        error = text;
        if (text != nint.Zero)
        {
            return [];
        }

        string[] names = new string[count];
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = Marshal.PtrToStringUTF8(((nint*)list)[index])!;
        }

        RocksDbNative.rocksdb_list_column_families_destroy(list, count);
        return names;
    }
}
