using System.Collections;

namespace RocksDbSharp;

/// <summary>The column families to open, each with its options; the default one is always among them.</summary>
public class ColumnFamilies : IEnumerable<ColumnFamilies.Descriptor>
{
    /// <summary>The name of the family that every database has.</summary>
    public static readonly string DefaultName = "default";

    private readonly List<Descriptor> _descriptors = [];

    /// <summary>Makes a list with the default family.</summary>
    public ColumnFamilies(ColumnFamilyOptions? options = null) =>
        _descriptors.Add(new Descriptor(DefaultName, options ?? new ColumnFamilyOptions()));

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _descriptors.Select(descriptor => descriptor.Name);

    /// <summary>Adds a family; one named "default" replaces the options of the default family.</summary>
    public void Add(Descriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (descriptor.Name == DefaultName)
        {
            _descriptors[0] = descriptor;
        }
        else
        {
            _descriptors.Add(descriptor);
        }
    }

    /// <inheritdoc cref="Add(Descriptor)"/>
    public void Add(string name, ColumnFamilyOptions options) => Add(new Descriptor(name, options));

    /// <inheritdoc/>
    public IEnumerator<Descriptor> GetEnumerator() => _descriptors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A column family to open.</summary>
    public class Descriptor
    {
        /// <summary>Names a family and its options.</summary>
        public Descriptor(string name, ColumnFamilyOptions options)
        {
            Name = name;
            Options = options;
        }

        /// <summary>The name of the family.</summary>
        public string Name { get; }

        /// <summary>The options of the family.</summary>
        public ColumnFamilyOptions Options { get; }
    }
}
