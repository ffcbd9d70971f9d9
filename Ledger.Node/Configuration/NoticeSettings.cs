using System.Text.Json.Serialization;

namespace Ledger.Node.Configuration;

/// <summary>
/// How the node tells learners of requests: the member <c>notices</c> of <c>node.json</c>. What has a default can be
/// set, not only initialised, for the generated reader would put null where the file leaves it out.
/// </summary>
public sealed record NoticeSettings
{
    /// <summary>
    /// Whether webhooks may be at addresses that are not reached from everywhere: this machine, and private networks.
    /// Learners choose webhooks, so without need a node must not be a way into its own network.
    /// </summary>
    public bool PrivateAddresses { get; set; }

    /// <summary>The server that takes the node's mail; null where it sends none.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Why notices cannot be sent like this, with what to do; null when they can.</summary>
    [JsonIgnore]
    public string? Fault => Mail?.Fault;
}
