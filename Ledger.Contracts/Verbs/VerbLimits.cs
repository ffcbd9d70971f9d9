namespace Ledger.Contracts.Verbs;

/// <summary>Limits of the verb registry, each with its reason.</summary>
public static class VerbLimits
{
    /// <summary>Codes below are the standard table's: Caliper's from 0, xAPI's from 1000.</summary>
    public const uint FirstCode = 2_000;

    /// <summary>A code is written in at most four hexadecimal digits.</summary>
    public const uint LastCode = 0xffff;

    /// <summary>Changes of one measure: members must read them before they vote.</summary>
    public const int ChangesMax = 64;

    /// <summary>A vocabulary's and a label's length in bytes: one line of a list.</summary>
    public const int LabelBytesMax = 100;

    /// <summary>Equivalences that are open: a search reads all of them.</summary>
    public const int EquivalencesMax = 4_096;
}
