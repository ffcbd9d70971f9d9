namespace Ledger.Consensus.Tests;

/// <summary>What came of a run: mutants, how many were refused, and unmutated controls, how many were taken.</summary>
internal sealed class MutationReport
{
    private readonly SortedDictionary<string, (int Mutants, int Controls)> bySubject = new(StringComparer.Ordinal);

    public int Mutants { get; private set; }

    public int Rejected { get; private set; }

    public int Controls { get; private set; }

    public int ControlsAccepted { get; private set; }

    /// <summary>Forgeries that were taken, and originals that were not.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Judges one; bytes that are those of the original are a control.</summary>
    public void Judge(MutationSubject subject, string mutation, byte[] bytes)
    {
        bool accepted = subject.Accepts(bytes);
        bool original = bytes.AsSpan().SequenceEqual(subject.Bytes);
        (int mutants, int controls) = bySubject.GetValueOrDefault(subject.Name);
        bySubject[subject.Name] = original ? (mutants, controls + 1) : (mutants + 1, controls);
        if (original)
        {
            Controls++;
            ControlsAccepted += accepted ? 1 : 0;
        }
        else
        {
            Mutants++;
            Rejected += accepted ? 0 : 1;
        }

        if (accepted != original)
        {
            Wrong.Add($"{subject.Name}, {mutation}: {(accepted ? "forgery accepted" : "original refused")}"
                + $" {Convert.ToHexString(bytes)}");
        }
    }

    public override string ToString() =>
        $"{Rejected} of {Mutants} mutants refused, {ControlsAccepted} of {Controls} controls accepted; "
        + string.Join(", ", bySubject.Select(one => $"{one.Key} {one.Value.Mutants}"));
}
