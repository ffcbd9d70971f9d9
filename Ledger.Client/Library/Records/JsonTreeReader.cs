using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ledger.Client.Records;

/// <summary>Reads a JSON text (RFC 8259) into a <see cref="JsonTree"/>, once, from left to right.</summary>
internal ref struct JsonTreeReader
{
    private const int NodesAtFirst = 64;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> input;
    private readonly JsonLimits limits;
    private readonly byte[] text;
    private JsonNode[] nodes;
    private int position;
    private int textLength;
    private int nodeCount;

    public JsonTreeReader(ReadOnlySpan<byte> input, JsonLimits limits)
    {
        if (input.Length > limits.BytesMax)
        {
            throw new RecordFormatException("", "json.size", $"The JSON text is longer than {limits.BytesMax} bytes.");
        }

        this.input = input;
        this.limits = limits;
        // A string without its escapes is never longer than with them, so the input's length is enough.
        text = new byte[input.Length];
        nodes = new JsonNode[NodesAtFirst];
    }

    public JsonTree Read()
    {
        if (!Utf8.IsValid(input))
        {
            throw Refuse(-1, "json.utf8", "The JSON text is not well-formed UTF-8");
        }

        SkipSpace();
        ReadValue(-1, 0, 0, 0);
        SkipSpace();
        if (position != input.Length)
        {
            throw Syntax(-1, "Something follows the JSON value");
        }

        return new JsonTree(text, nodes);
    }

    private int ReadValue(int parent, int nameStart, int nameLength, int depth)
    {
        int index = AddNode(parent, nameStart, nameLength);
        switch (Peek(index))
        {
            case (byte)'{':
                ReadObject(index, Deeper(index, depth));
                break;
            case (byte)'[':
                ReadArray(index, Deeper(index, depth));
                break;
            case (byte)'"':
                nodes[index].Kind = JsonKind.String;
                (nodes[index].TextStart, nodes[index].TextLength) = ReadString(index);
                break;
            case (byte)'t':
                ReadWord(index, "true"u8, JsonKind.True);
                break;
            case (byte)'f':
                ReadWord(index, "false"u8, JsonKind.False);
                break;
            case (byte)'n':
                ReadWord(index, "null"u8, JsonKind.Null);
                break;
            default:
                ReadNumber(index);
                break;
        }

        return index;
    }

    private void ReadObject(int index, int depth)
    {
        nodes[index].Kind = JsonKind.Object;
        position++;
        SkipSpace();
        if (TryTake((byte)'}'))
        {
            return;
        }

        int last = -1;
        do
        {
            SkipSpace();
            if (Peek(index) != (byte)'"')
            {
                throw Syntax(index, "A member's name in quotes is missing");
            }

            (int nameStart, int nameLength) = ReadString(index);
            SkipSpace();
            Take((byte)':', index, "A colon is missing");
            SkipSpace();
            last = Link(index, last, ReadValue(index, nameStart, nameLength, depth));
            SkipSpace();
        }
        while (TryTake((byte)','));
        Take((byte)'}', index, "A comma or a closing brace is missing");
        OrderMembers(index);
    }

    private void ReadArray(int index, int depth)
    {
        nodes[index].Kind = JsonKind.Array;
        position++;
        SkipSpace();
        if (TryTake((byte)']'))
        {
            return;
        }

        int last = -1;
        do
        {
            SkipSpace();
            last = Link(index, last, ReadValue(index, 0, 0, depth));
            SkipSpace();
        }
        while (TryTake((byte)','));
        Take((byte)']', index, "A comma or a closing bracket is missing");
    }

    private int Link(int parent, int last, int child)
    {
        nodes[parent].Count++;
        if (last < 0)
        {
            nodes[parent].First = child;
        }
        else
        {
            nodes[last].Next = child;
        }

        return child;
    }

    private (int Start, int Length) ReadString(int index)
    {
        int start = textLength;
        position++;
        while (true)
        {
            int plain = input[position..].IndexOfAny(StringStops);
            if (plain < 0)
            {
                throw Syntax(index, "A string has no end");
            }

            input.Slice(position, plain).CopyTo(text.AsSpan(textLength));
            textLength += plain;
            position += plain;
            switch (input[position])
            {
                case (byte)'"':
                    position++;
                    return (start, textLength - start);
                case (byte)'\\':
                    ReadEscape(index);
                    break;
                default:
                    throw Syntax(index, "A control character in a string is not escaped");
            }
        }
    }

    private void ReadEscape(int index)
    {
        byte kind = position + 1 < input.Length ? input[position + 1] : (byte)0;
        position += 2;
        switch (kind)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                text[textLength++] = kind;
                break;
            case (byte)'b':
                text[textLength++] = (byte)'\b';
                break;
            case (byte)'f':
                text[textLength++] = (byte)'\f';
                break;
            case (byte)'n':
                text[textLength++] = (byte)'\n';
                break;
            case (byte)'r':
                text[textLength++] = (byte)'\r';
                break;
            case (byte)'t':
                text[textLength++] = (byte)'\t';
                break;
            case (byte)'u':
                ReadCodePoint(index);
                break;
            default:
                throw Syntax(index, "A string has an unknown escape");
        }
    }

    private void ReadCodePoint(int index)
    {
        char first = ReadCodeUnit(index);
        Rune rune;
        if (!char.IsSurrogate(first))
        {
            rune = new Rune(first);
        }
        else if (!input[position..].StartsWith("\\u"u8))
        {
            throw Refuse(index, "json.surrogate", "A string has half of a surrogate pair");
        }
        else
        {
            position += 2;
            if (!Rune.TryCreate(first, ReadCodeUnit(index), out rune))
            {
                throw Refuse(index, "json.surrogate", "A string has half of a surrogate pair");
            }
        }

        textLength += rune.EncodeToUtf8(text.AsSpan(textLength));
    }

    private char ReadCodeUnit(int index)
    {
        int value = 0;
        for (int count = 0; count < 4; count++, position++)
        {
            byte digit = position < input.Length ? input[position] : (byte)0;
            if (!char.IsAsciiHexDigit((char)digit))
            {
                throw Syntax(index, "An escape needs four hexadecimal digits");
            }

            value = (value << 4) | (char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)value;
    }

    private void ReadWord(int index, ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!input[position..].StartsWith(word))
        {
            throw Syntax(index, "A value is not JSON");
        }

        nodes[index].Kind = kind;
        position += word.Length;
    }

    private void ReadNumber(int index)
    {
        int length = CanonicalNumber.TokenLength(input[position..]);
        if (length == 0)
        {
            throw Syntax(index, "A value is not JSON");
        }

        ReadOnlySpan<byte> token = input.Slice(position, length);
        if (!CanonicalNumber.IsWithinLimits(token))
        {
            throw Refuse(index, "json.number", "A number has too many digits or too large an exponent");
        }

        nodes[index].Kind = JsonKind.Number;
        (nodes[index].TextStart, nodes[index].TextLength) = (textLength, length);
        token.CopyTo(text.AsSpan(textLength));
        textLength += length;
        position += length;
    }

    /// <summary>Links the members in the order of RFC 8785; two of the same name stand side by side then.</summary>
    private void OrderMembers(int index)
    {
        int count = nodes[index].Count;
        int[] rented = ArrayPool<int>.Shared.Rent(count);
        Span<int> members = rented.AsSpan(0, count);
        int at = nodes[index].First;
        bool ordered = true;
        for (int member = 0; member < count; member++, at = nodes[at].Next)
        {
            members[member] = at;
            ordered = ordered && (member == 0 || MemberOrder.Compare(Name(members[member - 1]), Name(at)) < 0);
        }

        if (!ordered)
        {
            members.Sort(new MemberOrder(text, nodes));
            RefuseDuplicates(members);
            nodes[index].First = members[0];
            for (int member = 0; member < count; member++)
            {
                nodes[members[member]].Next = member + 1 < count ? members[member + 1] : -1;
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private readonly void RefuseDuplicates(ReadOnlySpan<int> members)
    {
        for (int member = 1; member < members.Length; member++)
        {
            if (Name(members[member - 1]).SequenceEqual(Name(members[member])))
            {
                throw Refuse(members[member], "json.duplicate-key", "A name occurs twice in an object");
            }
        }
    }

    private readonly ReadOnlySpan<byte> Name(int index) => text.AsSpan(nodes[index].NameStart, nodes[index].NameLength);

    private int AddNode(int parent, int nameStart, int nameLength)
    {
        if (nodeCount == nodes.Length)
        {
            Array.Resize(ref nodes, nodes.Length * 2);
        }

        nodes[nodeCount] = new JsonNode
        {
            Parent = parent, NameStart = nameStart, NameLength = nameLength, First = -1, Next = -1,
        };
        return nodeCount++;
    }

    private readonly int Deeper(int index, int depth) => depth < limits.DepthMax
        ? depth + 1
        : throw Refuse(index, "json.depth", $"The JSON text is nested more than {limits.DepthMax} levels deep");

    private void SkipSpace()
    {
        while (position < input.Length && input[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }
    }

    private readonly byte Peek(int index) =>
        position < input.Length ? input[position] : throw Syntax(index, "The JSON text ends too early");

    private bool TryTake(byte expected)
    {
        bool taken = position < input.Length && input[position] == expected;
        position += taken ? 1 : 0;
        return taken;
    }

    private void Take(byte expected, int index, string complaint)
    {
        if (!TryTake(expected))
        {
            throw Syntax(index, complaint);
        }
    }

    private readonly RecordFormatException Syntax(int index, string complaint) =>
        Refuse(index, "json.syntax", complaint);

    private readonly RecordFormatException Refuse(int index, string rule, string complaint) =>
        new(JsonTree.Path(nodes, text, index), rule, $"{complaint}, at byte {position}.");
}
