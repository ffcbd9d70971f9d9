using System.Text;

namespace Ledger.Client.Records;

/// <summary>A value in a <see cref="JsonTree"/>.</summary>
public readonly struct JsonCursor
{
    private readonly JsonTree tree;
    private readonly int index;

    internal JsonCursor(JsonTree tree, int index)
    {
        this.tree = tree;
        this.index = index;
    }

    /// <summary>What the value is.</summary>
    public JsonKind Kind => tree.Node(index).Kind;

    /// <summary>The member's name in UTF-8; empty for an array's element and for the whole value.</summary>
    public ReadOnlySpan<byte> NameBytes => tree.Name(index);

    /// <summary>The member's name.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes);

    /// <summary>A string without its escapes, or a number as read, in UTF-8; empty for other kinds.</summary>
    public ReadOnlySpan<byte> TextBytes => tree.Text(index);

    /// <summary>A string without its escapes, or a number as read; empty for other kinds.</summary>
    public string Text => Encoding.UTF8.GetString(TextBytes);

    /// <summary>The number of elements or members.</summary>
    public int Count => tree.Node(index).Count;

    /// <summary>Where the value stands, as a JSON pointer.</summary>
    public string Path => tree.Path(index);

    /// <summary>Finds a member of an object by its name in UTF-8.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out JsonCursor member)
    {
        bool found = tree.TryFind(index, name, out int at);
        member = new JsonCursor(tree, at);
        return found && Kind == JsonKind.Object;
    }

    /// <summary>Goes through elements in order, or members in canonical order.</summary>
    public Enumerator GetEnumerator() => new(tree, tree.Node(index).First);

    /// <summary>Steps from value to value.</summary>
    public struct Enumerator
    {
        private readonly JsonTree tree;
        private int at;
        private int next;

        internal Enumerator(JsonTree tree, int first)
        {
            this.tree = tree;
            at = -1;
            next = first;
        }

        /// <summary>The value reached.</summary>
        public readonly JsonCursor Current => new(tree, at);

        /// <summary>Goes to the next value, or says that there is none.</summary>
        public bool MoveNext()
        {
            if (next < 0)
            {
                return false;
            }

            at = next;
            next = tree.Node(at).Next;
            return true;
        }
    }
}
