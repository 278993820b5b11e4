using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

using MimeKit;

using Recoupe.Fetches;
using Recoupe.Storage;
using Recoupe.Watches;

namespace Recoupe.Web.Watches;

/// <summary>Sends what is due: each alert by its ways, tried again until it arrives, never in quiet hours, never more than so many a day.</summary>
internal sealed class Deliverer(Archive archive, Poster poster, WebServiceOptions options, Uri service)
{
    private const int AtOnce = 200;
    private const int MostTries = 12;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(6);
    private static readonly TimeSpan CapRest = TimeSpan.FromMinutes(10);

    /// <summary>Sends all that is due.</summary>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var group in archive.Watches.Due(now, AtOnce).GroupBy(delivery => (delivery.Watch.Id, delivery.Way)))
        {
            var (watch, due) = (group.First().Watch, group.ToList());
            if (QuietHours.Parse(watch.Quiet, watch.Zone)?.EndsAfter(now) is { } end)
                archive.Watches.PutOff(due, end, null);
            else if (group.Key.Way == WatchShelf.Mail)
                await SendAsync(due, archive.Watches.SentSince(watch.Id, WatchShelf.Mail, now.AddDays(-1)) < watch.Cap, MailAsync, now, cancellationToken);
            else
                await PostAsync(watch, due, now, cancellationToken);
        }
    }

    // One message an alert: what has arrived is not sent again with the next.
    private async Task PostAsync(Watch watch, List<Delivery> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sent = archive.Watches.SentSince(watch.Id, WatchShelf.Webhook, now.AddDays(-1));
        foreach (var delivery in due)
        {
            await SendAsync([delivery], sent++ < watch.Cap, async (one, token) => await poster.PostAsync(
                one[0].Watch.Webhook!, $"{watch.Id}-{one[0].Alert.Number}", AlertText.Json(one[0], service), watch.Secret, token), now, cancellationToken);
        }
    }

    private async Task SendAsync(
        List<Delivery> deliveries, bool isWithinCap, Func<List<Delivery>, CancellationToken, Task<string?>> send, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!isWithinCap)
        {
            archive.Watches.PutOff(deliveries, now + CapRest, null);
            return;
        }

        var failure = await send(deliveries, cancellationToken);
        if (failure is null)
        {
            archive.Watches.Sent(deliveries, now);
            return;
        }

        foreach (var delivery in deliveries)
        {
            var rest = FirstRetry * Math.Pow(2, Math.Min(delivery.Tries, 16));
            archive.Watches.PutOff([delivery], delivery.Tries + 1 < MostTries ? now + (rest < LongestRetry ? rest : LongestRetry) : null, failure);
        }
    }

    private async Task<string?> MailAsync(List<Delivery> deliveries, CancellationToken cancellationToken)
    {
        if (options.Mail is not { } mail)
            return "no mail server is named (--smtp)";
        var watch = deliveries[0].Watch;
        var bodies = deliveries.Select(delivery => AlertBody.Read(delivery.Alert.Body)).ToList();
        try
        {
            using var message = new MimeMessage();
            message.From.Add(MailboxAddress.Parse(mail.From));
            message.To.Add(MailboxAddress.Parse(watch.Mail!));
            message.MessageId = $"{watch.Id}-{deliveries[0].Alert.Number}-{deliveries[^1].Alert.Number}@recoupe";
            message.Subject = $"{watch.Title}: {(bodies.Count == 1 ? AlertText.Headline(bodies[0]) : $"{bodies.Count} changes")}";
            message.Body = new TextPart("plain") { Text = string.Join("\n\n", bodies.Select(body => $"{AlertText.Headline(body)}\n{AlertText.Paragraph(body, service)}")) };
            using var smtp = new SmtpClient { Timeout = 20_000 };
            await smtp.ConnectAsync(mail.Host, mail.Port, SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
            if (mail.User is not null)
                await smtp.AuthenticateAsync(mail.User, mail.Password ?? "", cancellationToken);
            await smtp.SendAsync(message, cancellationToken);
            await smtp.DisconnectAsync(quit: true, cancellationToken);
            return null;
        }
        catch (Exception failure) when (failure is ProtocolException or CommandException or ServiceNotConnectedException or AuthenticationException or IOException
            or System.Net.Sockets.SocketException or ParseException or SslHandshakeException or TimeoutException)
        {
            return failure.Message;
        }
    }
}
