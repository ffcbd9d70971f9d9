using System.Globalization;

namespace Ledger.Client.Nodes;

/// <summary>A place in the stream of events: the height of a block, and a place among its events from 0.</summary>
public readonly record struct EventPosition(ulong Height, uint Place) : IComparable<EventPosition>
{
    /// <summary>The first event of the first block.</summary>
    public static EventPosition First { get; } = new(1, 0);

    /// <summary>Reads <c>HEIGHT</c> or <c>HEIGHT:PLACE</c>.</summary>
    public static bool TryParse(string text, out EventPosition position)
    {
        string[] parts = text.Split(':');
        uint place = 0;
        bool isRead = ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong height)
            && (parts.Length == 1
                || (parts.Length == 2
                    && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out place)));
        position = new EventPosition(height, place);
        return isRead;
    }

    /// <inheritdoc/>
    public int CompareTo(EventPosition other) =>
        Height != other.Height ? Height.CompareTo(other.Height) : Place.CompareTo(other.Place);

    /// <summary><c>HEIGHT:PLACE</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}:{Place}");
}
