namespace Ledger.Node.Research;

/// <summary>Whether a cell may be told.</summary>
public enum CellJudgement
{
    /// <summary>It may.</summary>
    Told = 0,

    /// <summary>Fewer learners are in it than may be told.</summary>
    Small = 1,

    /// <summary>Its difference from what an earlier table told of it would be of few learners.</summary>
    DiffersByFew = 2,
}
