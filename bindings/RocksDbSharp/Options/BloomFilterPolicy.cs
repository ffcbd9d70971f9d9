namespace RocksDbSharp;

/// <summary>A Bloom filter over the keys of a file.</summary>
public class BloomFilterPolicy
{
    private BloomFilterPolicy(int bitsPerKey) => BitsPerKey = bitsPerKey;

    internal int BitsPerKey { get; }

    /// <summary>Makes a policy; 10 bits a key let about 1 % of the absent keys through.</summary>
    /// <param name="bits_per_key">The bits of the filter for each key.</param>
    /// <param name="use_block_based_builder">
    /// Asks for a filter per block. RocksDB since 7.0 knows one per file only, so it makes no difference.
    /// </param>
    public static BloomFilterPolicy Create(int bits_per_key = 10, bool use_block_based_builder = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits_per_key, 1);
        return new BloomFilterPolicy(bits_per_key);
    }
}
