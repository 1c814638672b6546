import { Browser } from './browser.js';
import { Items } from './items.js';
import { ReportData } from './report-data.js';

const root = document.getElementById('browser');
if (root) new Browser(root, new Items(new ReportData()));
