import { Browser } from './browser.js';
import { Items } from './items.js';
import { ReportData } from './report-data.js';
import { markExpired } from './waivers.js';

const root = document.getElementById('browser');
if (root) new Browser(root, new Items(new ReportData()));
markExpired(new Date().toISOString().slice(0, 10));
