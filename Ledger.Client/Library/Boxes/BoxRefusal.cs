namespace Ledger.Client.Boxes;

/// <summary>Why a box refuses: by which rule, and at which field of the request.</summary>
/// <param name="Kind">What the reader may do about it.</param>
/// <param name="Code">The rule, a name in capitals.</param>
/// <param name="Path">The field of the request, or empty for the whole.</param>
/// <param name="Sentence">What it means, and what to do; the same whether or not there is a record.</param>
public sealed record BoxRefusal(BoxRefusalKind Kind, string Code, string Path, string Sentence)
{
    /// <summary>Code and sentence.</summary>
    public override string ToString() =>
        Path.Length == 0 ? $"{Code}: {Sentence}" : $"{Code}: {Path}: {Sentence}";
}
