using System.Buffers.Binary;
using Ledger.Client.Nodes;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Hosting;

/// <summary>Policies of the ledger, as the profile's node tells them.</summary>
internal static class PolicyFinder
{
    private const int VersionBytes = sizeof(ulong);

    /// <summary>All versions of all policies, or of one, in order of number and version.</summary>
    public static async Task<IReadOnlyList<(PolicyName Name, PolicyVersion Policy)>> ListAsync(
        Session session, ulong policy, CancellationToken cancellation)
    {
        byte[] prefix = policy == 0
            ? StateKeys.Prefix(StateKind.Policy)
            : StateKeys.PolicyVersions(policy).Counter.Raw[..^VersionBytes].ToArray();
        List<(PolicyName, PolicyVersion)> found = [];
        await foreach (StateItem<PolicyVersion> item in session.Client.ListInstancesAsync(
            prefix, PolicyVersion.Parser, cancellation).ConfigureAwait(false))
        {
            ReadOnlySpan<byte> raw = item.Key.Raw.Span;
            ulong number = BinaryPrimitives.ReadUInt64BigEndian(raw[1..]);
            found.Add((new PolicyName { Number = number, Version = item.Number }, item.Value));
        }

        return found;
    }

    /// <summary>
    /// The policy that a text names, or without a version the one in force; throws <see cref="CommandException"/>.
    /// </summary>
    public static async Task<(PolicyName Name, PolicyVersion Policy)> FindAsync(
        Session session, string text, CancellationToken cancellation)
    {
        PolicyName asked = PolicyNames.Read(text);
        foreach ((PolicyName name, PolicyVersion policy) in
            await ListAsync(session, asked.Number, cancellation).ConfigureAwait(false))
        {
            if (asked.Version == 0 ? policy.Interval.ToHeight == 0 : name.Version == asked.Version)
            {
                return (name, policy);
            }
        }

        throw new CommandException(ExitCode.Refused, $"There is no policy {text} in force. Run: ledger policy list");
    }
}
