namespace Ledger.Node.Box;

/// <summary>What became of a request at the memory of a box.</summary>
public enum RequestTaking
{
    /// <summary>It is taken, for this time alone.</summary>
    Taken = 0,

    /// <summary>Its time is further than a minute from the box's clock, or its random bytes are none.</summary>
    NotNow = 1,

    /// <summary>It was taken before.</summary>
    Before = 2,

    /// <summary>A process before this one may have taken it.</summary>
    PerhapsBefore = 3,

    /// <summary>The reader, or all together, ask more than is remembered.</summary>
    Full = 4,
}
