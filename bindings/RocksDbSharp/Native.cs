using System.Diagnostics.CodeAnalysis;
using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>
/// Functions of RocksDB's C API for which the options have no setter. The caller keeps the options alive during the
/// call, and gives back what it makes.
/// </summary>
[SuppressMessage("Style", "IDE1006", Justification = "The names are those of the C API, as in the package.")]
[SuppressMessage("Naming", "CA1707", Justification = "The names are those of the C API, as in the package.")]
[SuppressMessage("Naming", "CA1716", Justification = "The names are those of the package.")]
public abstract class Native
{
    private protected Native()
    {
    }

    /// <summary>The functions of the system's library.</summary>
    public static Native Instance { get; } = new SystemFunctions();

    /// <summary>Whether large values are written to files of their own, which compactions leave alone.</summary>
    /// <param name="opt">The options.</param>
    /// <param name="val">1 if so; 0 by default.</param>
    public abstract void rocksdb_options_set_enable_blob_files(nint opt, byte val);

    /// <summary>The size in bytes from which on a value is large.</summary>
    /// <param name="opt">The options.</param>
    /// <param name="val">Bytes; 0 by default.</param>
    public abstract void rocksdb_options_set_min_blob_size(nint opt, ulong val);

    /// <summary>Whether a file's filter is cut like its index, so that only parts of it need to be in memory.</summary>
    /// <param name="options">The options; without an index of two levels it has no effect.</param>
    /// <param name="value">1 if so; 0 by default.</param>
    public abstract void rocksdb_block_based_options_set_partition_filters(nint options, byte value);

    /// <summary>The size of the parts that indexes of two levels and their filters are cut into.</summary>
    /// <param name="options">The options.</param>
    /// <param name="value">Bytes; 4,096 by default.</param>
    public abstract void rocksdb_block_based_options_set_metadata_block_size(nint options, ulong value);

    /// <summary>Sets options by their names.</summary>
    /// <param name="base_options">What holds for all that is not named.</param>
    /// <param name="opts_str">Names and values, such as <c>ttl=0;</c>, UTF-8 with a zero at the end.</param>
    /// <param name="new_options">Takes the options; may be the same.</param>
    /// <exception cref="RocksDbException">There is no such option, or its value is refused.</exception>
    public abstract void rocksdb_get_options_from_string(nint base_options, nint opts_str, nint new_options);

    /// <summary>Makes rules for merging in tiers.</summary>
    public abstract nint rocksdb_universal_compaction_options_create();

    /// <summary>
    /// By how much a file may be larger than all younger ones together and is still merged with them.
    /// </summary>
    /// <param name="universal_compaction_options">The rules.</param>
    /// <param name="size_ratio">Per cent; 1 by default.</param>
    public abstract void rocksdb_universal_compaction_options_set_size_ratio(
        nint universal_compaction_options, int size_ratio);

    /// <summary>How large all younger files may be beside the oldest before all are merged into one.</summary>
    /// <param name="universal_compaction_options">The rules.</param>
    /// <param name="max_size_amplification_percent">Per cent; 200 by default.</param>
    public abstract void rocksdb_universal_compaction_options_set_max_size_amplification_percent(
        nint universal_compaction_options, int max_size_amplification_percent);

    /// <summary>Gives rules back; options have a copy.</summary>
    /// <param name="universal_compaction_options">The rules.</param>
    public abstract void rocksdb_universal_compaction_options_destroy(nint universal_compaction_options);
}
