namespace Ledger.Client.Boxes;

/// <summary>What a request to a box may hold.</summary>
public static class BoxLimits
{
    /// <summary>Verbs of a request: those of a course, under one proof.</summary>
    public const int VerbsMax = 16;

    /// <summary>What a reader says it reads for is kept with each read: some sentences.</summary>
    public const int PurposeBytesMax = 1024;

    /// <summary>Activities of a filter, as many as limits of a grant may name.</summary>
    public const int ActivitiesMax = Limits.LimitsForm.ActivitiesMax;

    /// <summary>Ids of a filter: a page of a tool that lists records.</summary>
    public const int IdsMax = 100;

    /// <summary>Bytes of an id: those of the longest IRI that a store keeps.</summary>
    public const int IdBytesMax = 2048;

    /// <summary>A request's random bytes: two readers never draw the same.</summary>
    public const int RandomBytes = 16;
}
