using System.Text;

namespace Ledger.Client.Records;

/// <summary>One slot of a layout: a member with its pointer, a subtree, or the rest.</summary>
internal sealed class RecordSlot
{
    private readonly byte[] name;
    private readonly byte[] pointerBytes;

    private RecordSlot(string name, string pointer, bool isRest, SlotLayout? subtree)
    {
        this.name = Encoding.UTF8.GetBytes(name);
        pointerBytes = Encoding.UTF8.GetBytes(pointer);
        Pointer = pointer;
        IsRest = isRest;
        Subtree = subtree;
    }

    /// <summary>The JSON pointer, or <c>rest:</c> and the pointer of the object whose other members it holds.</summary>
    public string Pointer { get; }

    /// <summary>The pointer in UTF-8.</summary>
    public ReadOnlySpan<byte> PointerBytes => pointerBytes;

    /// <summary>The member's name in UTF-8; meaningless for the rest.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>Whether it holds all members without a slot of their own.</summary>
    public bool IsRest { get; }

    /// <summary>The slots of the member itself, when it has any.</summary>
    public SlotLayout? Subtree { get; }

    /// <summary>A slot for one member of the object at <paramref name="parent"/>.</summary>
    public static RecordSlot Member(string parent, string name) => new(name, $"{parent}/{name}", false, null);

    /// <summary>A slot for a member that has slots of its own.</summary>
    public static RecordSlot Tree(string name, SlotLayout subtree) => new(name, subtree.Parent, false, subtree);

    /// <summary>The slot for all other members. No JSON pointer begins like this, so it can name no member.</summary>
    public static RecordSlot Rest(string parent) => new("", $"rest:{parent}", true, null);
}
